"""The installed command in a process of its own: bytes in, bytes out, exit codes."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cleanarticle import __version__, clean
from cleanarticle.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SEED = SEEDS[4].read_bytes()
COMMAND = str(Path(sysconfig.get_path("scripts")) / "cleanarticle")
PROSE = (
    "The harbour board said on Monday that the last ferry to the islands will sail on Friday, ending a service that began in 1911.\n\n"
    "Passenger numbers fell by half after the bridge opened two years ago, according to the board’s report.\n"
)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89" * 20
EMPTY = b"Subscribe\n"


def run(
    *args: str | Path, data: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | (env or {})
    return subprocess.run([COMMAND, *map(str, args)], input=data, capture_output=True, env=environment, cwd=cwd, timeout=60, check=False)


def shell(command: str, data: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    script = command.replace("cleanarticle", shlex.quote(COMMAND), 1)
    return subprocess.run(["bash", "-c", script], input=data, capture_output=True, cwd=cwd, timeout=60, check=False)


def records(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def is_one_line(said: bytes) -> bool:
    return said.startswith(b"cleanarticle: ") and said.count(b"\n") == 1 and said.endswith(b"\n")


# -------------------------------------------------------------------------------------------------- what comes out


def test_one_document_on_stdin_gives_its_record_on_one_line() -> None:
    done = run(data=SEED)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"}\n")
    assert records(done.stdout) == [clean(SEED).to_dict()]


def test_the_module_run_with_dash_m_is_the_same_command() -> None:
    done = subprocess.run([sys.executable, "-m", "cleanarticle"], input=SEED, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, run(data=SEED).stdout)


def test_several_files_give_one_record_a_line_in_their_order() -> None:
    done = run(*SEEDS)
    assert done.returncode == 0
    assert records(done.stdout) == [clean(path.read_bytes()).to_dict() for path in SEEDS]


def test_a_dash_among_files_is_stdin() -> None:
    done = run(SEEDS[0], "-", data=SEED)
    assert [record["headline"] for record in records(done.stdout)] == [clean(SEEDS[0].read_bytes()).headline, clean(SEED).headline]


def test_audit_adds_every_block() -> None:
    (record,) = records(run("--audit", data=SEED).stdout)
    assert record == clean(SEED).to_dict(audit=True)
    assert {block["kept"] for block in record["blocks"]} == {True, False}


def test_format_text_is_what_a_reader_reads() -> None:
    article = clean(SEED)
    said = run("--format", "text", data=SEED).stdout.decode("utf-8")
    assert said == f"{article.headline}\n\n{article.byline}\n\n{article.body}\n"


def test_format_text_with_audit_says_what_was_removed() -> None:
    said = run("--format", "text", "--audit", data=SEED).stdout.decode("utf-8")
    assert "--- removed ---" in said
    assert "[chrome] Dismiss" in said


def test_the_url_goes_into_the_record() -> None:
    (record,) = records(run("--url", "https://courier.example/a", data=SEED).stdout)
    assert record["url"] == "https://courier.example/a"


def test_the_language_is_as_given() -> None:
    for given in ("nl", "nl-BE"):
        (record,) = records(run("--language", given, data=PROSE.encode()).stdout)
        assert record["language"] == "nl"


def test_the_encoding_helps_where_the_bytes_say_nothing() -> None:
    data = "Общая стоимость проекта составила семьдесят миллионов рублей, сообщила пресс-служба министерства культуры.".encode("koi8-r")
    (record,) = records(run("--encoding", "koi8-r", "--audit", data=data).stdout)
    assert record["blocks"][0]["text"].startswith("Общая стоимость")


@pytest.mark.parametrize(("choice", "mark"), [("keep", "board’s"), ("straight", "board's")])
def test_quotes_are_kept_or_straightened(choice: str, mark: str) -> None:
    (record,) = records(run("--quotes", choice, data=PROSE.encode()).stdout)
    assert mark in record["body"]


@pytest.mark.parametrize("option", ["-o", "--output"])
def test_output_goes_to_a_file(option: str, tmp_path: Path) -> None:
    done = run(option, tmp_path / "out.json", SEEDS[4])
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "out.json").read_bytes() == run(data=SEED).stdout


def test_version_and_help_are_printed() -> None:
    assert run("--version").stdout.decode() == f"cleanarticle {__version__}\n"
    said = run("--help").stdout.decode()
    assert said.startswith("usage: cleanarticle")
    assert all(name in said for name in COMMANDS)


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_output_is_utf8_whatever_the_locale(env: dict[str, str], tmp_path: Path) -> None:
    name = tmp_path / "Überschrift.txt"
    name.write_text(PROSE, "utf-8")
    assert run(name, env=env).stdout == run(data=PROSE.encode()).stdout
    assert "board’s".encode() in run(name, env=env).stdout
    assert is_one_line(run(tmp_path / "höher.txt", env=env).stderr)


# -------------------------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize("data", [b"", b"\n \n", EMPTY], ids=["nothing", "blank", "chrome"])
def test_no_article_text_gives_a_record_and_exit_1(data: bytes) -> None:
    done = run(data=data)
    assert done.returncode == 1
    assert is_one_line(done.stderr)
    (record,) = records(done.stdout)
    assert (record["body"], record["confidence"]) == ("", 0)
    assert "no-body" in record["warnings"]


def test_one_empty_input_among_good_ones_loses_none(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(EMPTY)
    done = run(SEEDS[0], tmp_path / "empty.txt", SEEDS[4])
    assert done.returncode == 1
    assert is_one_line(done.stderr)
    assert b"empty.txt" in done.stderr
    assert [bool(record["body"]) for record in records(done.stdout)] == [True, False, True]


@pytest.mark.parametrize("bad", ["missing.txt", "binary.png", "folder"])
def test_an_input_that_cannot_be_read_is_named_and_the_others_are_done(bad: str, tmp_path: Path) -> None:
    (tmp_path / "binary.png").write_bytes(PNG)
    (tmp_path / "folder").mkdir()
    done = run(SEEDS[0], tmp_path / bad, SEEDS[4])
    assert done.returncode == 2
    assert is_one_line(done.stderr)
    assert bad.encode() in done.stderr
    assert len(records(done.stdout)) == 2
    assert (b"cleanarticle corpus" in done.stderr) == (bad == "folder")


@pytest.mark.parametrize(
    "args",
    [["--no-such-option"], ["--format", "xml"], ["--quotes", "curly"], ["--url"], ["-o"], ["--language", "english"]],
    ids=" ".join,
)
def test_wrong_use_is_exit_2_and_one_line(args: list[str]) -> None:
    done = run(*args, data=SEED)
    assert (done.returncode, done.stdout) == (2, b"")
    assert is_one_line(done.stderr), done.stderr.decode()
    assert b"--help" in done.stderr


def test_binary_on_stdin_is_exit_2_and_one_line() -> None:
    done = run(data=PNG)
    assert (done.returncode, done.stdout) == (2, b"")
    assert is_one_line(done.stderr)


@pytest.mark.parametrize("where", ["no-such-folder/out.json", "."])
def test_an_output_file_that_cannot_be_written_is_exit_2(where: str, tmp_path: Path) -> None:
    done = run("-o", where, SEEDS[4], cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert is_one_line(done.stderr)


def test_an_input_is_not_written_over(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(SEED)
    (tmp_path / "link.txt").symlink_to(page)
    for output in ("page.txt", "link.txt"):
        done = run("page.txt", "-o", output, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert is_one_line(done.stderr)
    assert page.read_bytes() == SEED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_exit_2_and_one_line() -> None:
    done = shell("cleanarticle > /dev/full", data=SEED)
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr.decode()


@pytest.mark.parametrize("closed", [">&-", "<&-"])
def test_a_closed_stream_is_exit_2_and_one_line(closed: str) -> None:
    done = shell(f"cleanarticle {closed}", data=SEED)
    assert done.returncode == 2
    assert is_one_line(done.stderr), done.stderr.decode()


def test_a_closed_stderr_hides_the_message_and_nothing_else() -> None:
    done = shell("cleanarticle 2>&-", data=EMPTY)
    assert done.returncode == 1
    assert len(records(done.stdout)) == 1


def test_a_reader_that_goes_away_ends_the_run_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(PROSE * 2000, "utf-8")
    done = shell("cleanarticle long.txt long.txt long.txt | head -c 20; exit ${PIPESTATUS[0]}", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b'{"schema": "cleanart'
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_file_name_that_is_no_utf8_is_named_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run([COMMAND.encode(), b"caf\xe9.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert is_one_line(done.stderr)
