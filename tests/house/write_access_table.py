"""``python -m tests.house.write_access_table``: write the table of routes and their access anew."""

from app import create_app
from tests.house.test_access import TABLE, table_of

if __name__ == "__main__":
    TABLE.write_text("\n".join(table_of(create_app())) + "\n")
