"""A national ID is found however it is written, and a telephone number is not taken for one."""

import pytest

from app.core.national_id import MASK, holds_national_id, is_national_id, mask_national_ids


@pytest.mark.parametrize(
    "text",
    [
        "9900000000014",
        "๙๙๐๐๐๐๐๐๐๐๐๑๔",
        "1-2345-67890-12-1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "1 2345 67890 12 1",
        "บัตร 9900000000014 ครับ",
        "0812345678 1-2345-67890-12-1",
        "1-2345-67890-12-3",  # grouped as an ID: mistyped, but still somebody's
    ],
)
def test_an_id_is_found_however_it_is_written(text):
    assert holds_national_id(text)
    assert MASK in mask_national_ids(text)


@pytest.mark.parametrize(
    "text",
    ["0812345678", "+66 81 234 5678", "081 234 5678 038 111 222", "081-2345678, 038-611104", "99000000000141"],
)
def test_telephone_numbers_and_longer_numbers_are_no_ids(text):
    assert not holds_national_id(text)


def test_a_mistyped_id_is_masked_though_its_check_digit_is_wrong():
    assert not is_national_id("9900000000015")
    assert mask_national_ids("เลข 9900000000015 ค่ะ") == f"เลข {MASK} ค่ะ"


def test_the_mask_leaves_the_telephone_number_beside_it():
    assert mask_national_ids("0812345678 9900000000014") == f"0812345678 {MASK}"
