"""Text that must fit a box."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.thai_pdf import BOLD, REGULAR, fit_lines, fit_name, text_width

WIDTH = 82 / 25.4 * 72
ONE, TWO = (26, 18), (22, 13)


def name_of(text, width=WIDTH, height=None):
    return fit_name(text, BOLD, width, height, one_line=ONE, two_lines=TWO)


def test_a_short_name_stands_large_on_one_line():
    assert (name_of("กร นา").lines, name_of("กร นา").size) == (("กร นา",), 26)


def test_a_longer_name_gets_smaller_before_it_gets_a_second_line():
    fitted = name_of("นายสุรศักดิ์ เจริญศิริโชติ")
    assert len(fitted.lines) == 1 and 18 <= fitted.size < 26 and fitted.fits


def test_a_long_name_is_parted_between_first_and_family_name():
    fitted = name_of("ว่าที่ร้อยตรีหญิง พิมพ์ชนกณภัทรวรินทร์ เจริญวัฒนานุกูลกิจ")
    assert len(fitted.lines) == 2 and 13 <= fitted.size <= 22 and fitted.fits
    assert " ".join(fitted.lines) == "ว่าที่ร้อยตรีหญิง พิมพ์ชนกณภัทรวรินทร์ เจริญวัฒนานุกูลกิจ"


@pytest.mark.parametrize("text", ["ก" * 120, "พิมพ์ชนก" * 12 + " " + "เจริญวัฒนา" * 12])
def test_a_name_beyond_every_limit_is_printed_whole_and_says_so(text):
    fitted = name_of(text, height=60)
    assert not fitted.fits
    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, BOLD, fitted.size) <= WIDTH for line in fitted.lines)


names = (
    st.text(st.sampled_from("กขคงนมรสที่ปั่นฟื้นผู้ใหญ่สิทธิ์ญฐ ABCab"), min_size=1, max_size=80).map(str.strip).filter(bool)
)


@settings(max_examples=150, deadline=None)
@given(names, st.floats(40, 400), st.integers(1, 4))
def test_lines_never_leave_their_box(text, width, lines):
    fitted = fit_lines(text, REGULAR, width, 80, size=20, min_size=9, max_lines=lines)
    if fitted.fits:
        assert len(fitted.lines) <= lines and fitted.size >= 9 and fitted.height <= 80
        assert all(text_width(line, REGULAR, fitted.size) <= width + 0.01 for line in fitted.lines)
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())


def test_a_height_too_small_for_the_marks_makes_the_text_smaller():
    tall = fit_lines("น้ำปั่น", REGULAR, 500, 20, size=20, min_size=8)
    assert tall.size <= 20 / 1.84 + 0.01 and tall.fits
