"""The manifest lists every file, and its content id depends on content alone."""

from pathlib import Path

from exports.release.manifest import content_id, manifest


def tree(folder: Path, database: bytes = b"one") -> Path:
    for name, data in (("b/x.csv", b"x\n"), ("a.json", b"{}"), ("en/b/x.csv", b"y\n")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "pim.duckdb").write_bytes(database)
    (folder / "manifest.json").write_text("{}")
    return folder


def test_every_file_is_listed_in_order_but_the_manifest(tmp_path: Path) -> None:
    found = manifest(tree(tmp_path), facts={"version": "1"})
    files = found["files"]
    assert isinstance(files, list)
    assert [file["path"] for file in files] == ["a.json", "b/x.csv", "en/b/x.csv", "pim.duckdb"]
    assert files[1]["bytes"] == 2
    assert files[1]["sha256"].startswith("73cb3858a687a849")
    assert found["version"] == "1"


def test_bytes_of_the_database_do_not_change_the_manifest(tmp_path: Path) -> None:
    content = {"pim.duckdb": "c" * 64}
    one = manifest(tree(tmp_path / "1", b"one"), facts={}, content=content)
    two = manifest(tree(tmp_path / "2", b"other"), facts={}, content=content)
    assert one == two
    other = manifest(tree(tmp_path / "2"), facts={}, content={"pim.duckdb": "d" * 64})
    assert other["content_id"] != one["content_id"]
    assert manifest(tree(tmp_path / "1"), facts={})["content_id"] != one["content_id"]


def test_content_id_depends_on_paths_and_bytes(tmp_path: Path) -> None:
    before = manifest(tree(tmp_path), facts={})["content_id"]
    (tmp_path / "a.json").rename(tmp_path / "c.json")
    renamed = manifest(tmp_path, facts={})["content_id"]
    (tmp_path / "c.json").write_bytes(b"[]")
    assert len({before, renamed, manifest(tmp_path, facts={})["content_id"]}) == 3
    assert content_id({"b": "1", "a": "2"}) == content_id({"a": "2", "b": "1"})


def test_links_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path / "tree")
    (tmp_path / "tree" / "link").symlink_to("/etc/passwd")
    files = manifest(tmp_path / "tree", facts={})["files"]
    assert isinstance(files, list)
    assert "link" not in {file["path"] for file in files}
