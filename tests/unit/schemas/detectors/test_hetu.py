import pyarrow as pa
import pytest

from schemas.detectors import hetu
from schemas.detectors.column import found_by, plain

TEST_CODES = [
    "010190-999W",
    "010190Y999W",
    "010170X911W",
    "010170W912X",
    "010170V913Y",
    "150685U998M",
    "311299+950V",
    "290200A900B",
    "290200B901C",
    "290224C9771",
    "020203D9145",
    "020203E9156",
    "010124F902R",
]


def found(cell):
    return (*found_by(hetu.DETECTOR, plain(pa.array([cell], pa.large_string())))[1], "")[0]


@pytest.mark.parametrize("code", TEST_CODES)
@pytest.mark.parametrize(
    "cell", ["{}", " {} ", "nimi {}.", "x@{}.fi", "({})", "ä{}ö", "1:{}", "Virtanen,{},Anna", "{}\n", "010190-{}"]
)
def test_valid_test_codes_are_found_anywhere(code, cell):
    assert found(cell.format(code)) == "hetu.valid"
    assert found(cell.format(code.lower())) == "hetu.valid"


@pytest.mark.parametrize(
    "code",
    [
        "290201A900L",  # no such day
        "010190-999K",  # wrong check character
        "010190-000B",  # individual numbers start from 002
        "010190-001C",
        "310290-999W",
        "290200-9005",  # 1900 was no leap year
    ],
)
def test_shape_alone_is_caught_too(code):
    assert found(code) == "hetu.shape"


@pytest.mark.parametrize("dash", [*"‐‑‒–—―−", "－", "﹣", "\u00ad"])
def test_other_hyphens(dash):
    assert found(f"010190{dash}999W") == "hetu.valid"


@pytest.mark.parametrize(
    "cell",
    [
        "0101\u200b90-999W",
        "\ufeff010190-999W",
        "010190\u2060-\u200d999W",
        "０１０１９０－９９９Ｗ",
        "010190-99\u00ad9W",
    ],
)
def test_disguises(cell):
    assert found(cell) == "hetu.valid"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        None,
        "010190",
        "010190-999",
        "a010190-999W",
        "1010190-999W",
        "010190-999WX",
        "010190-9991W",
        "000190-999W",
        "320190-999W",
        "011390-999W",
        "010190-999G",  # G, I, O, Q and Z are no check characters
        "010190-999Z",
        "010190G999W",
        "010190=999W",
        "+358 40 123 4567",
        "2477525-7",
        "2026-03-10",
        "FI21 1234 5600 0007 85",
        "Satama Logistiikka Oy, Jyväskylä",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_everything_else_passes(cell):
    assert found(cell) == ""


def test_a_valid_code_outweighs_a_shape_in_one_cell():
    assert found("010190-999K, 010190-999W") == "hetu.valid"


def test_a_column():
    cells = pa.array(["x", None, "010190-999W", "Mäkinen-Virtanen", "010190–999K"])
    at, rules = found_by(hetu.DETECTOR, plain(cells))
    assert at.tolist() == [2, 4]
    assert rules.tolist() == ["hetu.valid", "hetu.shape"]


@pytest.mark.parametrize("cells", [[], [None, None]])
def test_columns_without_text(cells):
    assert not len(found_by(hetu.DETECTOR, plain(pa.array(cells, pa.string())))[0])


def test_a_file_name():
    assert hetu.any_in("palkat_010190-999W_2026.csv")
    assert hetu.any_in("palkat-010190-999K.csv")
    assert not hetu.any_in("henkilot_20260310.csv")
