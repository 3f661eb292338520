"""Disks that may go away are known by what the system says of them."""

from pathlib import Path

import pytest

from assistant.engine.disk_kinds import may_go_away, on_linux, on_macos, on_windows

_MOUNTS = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:21 / /proc rw shared:2 - proc proc rw
30 22 0:50 / /home/ada/nas rw shared:3 master:7 - nfs4 nas:/models rw
31 22 0:51 / /mnt/share rw - cifs //nas/models rw
32 22 0:52 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
33 22 8:17 / /media/ada/My\040Stick rw - exfat /dev/sdb1 rw
34 22 8:33 / /media/ada/usb-disk rw - ext4 /dev/sdc1 rw
35 22 8:49 / /data rw - fuseblk /dev/sdd1 rw
36 35 0:60 / /data/cloud rw - fuse.rclone remote: rw
37 22 0:61 / /container rw - fuse.fuse-overlayfs fuse-overlayfs rw
38 22 0:50 / /over rw - nfs nas:/x rw
39 38 8:2 / /over rw - ext4 /dev/sda2 rw
nonsense
"""


@pytest.fixture
def system(tmp_path: Path) -> tuple[Path, Path]:
    """What Linux says: the mounts, and the devices with their disks."""
    mounts, devices = tmp_path / "mountinfo", tmp_path / "dev"
    mounts.write_text(_MOUNTS)
    devices.mkdir()
    for number, place, removable in (
        ("8:2", "pci/ata1/sda/sda2", "0"),
        ("8:17", "pci/mmc/sdb/sdb1", "1"),
        ("8:33", "pci/usb1/1-2/sdc/sdc1", "0"),
        ("8:49", "pci/ata2/sdd/sdd1", "0"),
    ):
        device = tmp_path / "devices" / place
        device.mkdir(parents=True)
        (device.parent / "removable").write_text(f"{removable}\n")
        (devices / number).symlink_to(device)
    return mounts, devices


@pytest.mark.parametrize(
    ("path", "goes"),
    [
        ("/home/ada/models/a.gguf", False),
        ("/home/ada/nas/a.gguf", True),
        ("/home/ada/nasty/a.gguf", False),
        ("/mnt/share/deep/er/a.gguf", True),
        ("/run/user/1000/gvfs/smb/a.gguf", True),
        ("/media/ada/My Stick/a.gguf", True),
        ("/media/ada/usb-disk/a.gguf", True),
        ("/data/a.gguf", False),
        ("/data/cloud/a.gguf", True),
        ("/container/a.gguf", False),
        ("/over/a.gguf", False),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'", reason="its paths are not Linux's")
def test_linux_tells_by_file_system_and_device(
    system: tuple[Path, Path], path: str, goes: bool
) -> None:
    assert on_linux(Path(path), *system) is goes


def test_where_nothing_is_told_a_disk_is_taken_for_one_that_stays(tmp_path: Path) -> None:
    assert not on_linux(Path("/x"), tmp_path / "none", tmp_path)


@pytest.mark.parametrize(
    ("path", "goes"),
    [
        ("/Users/ada/a.gguf", False),
        ("/Volumes/Stick/a.gguf", True),
        ("/Network/Servers/nas/a.gguf", True),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'", reason="its paths are not those of macOS")
def test_on_macos_other_disks_lie_in_volumes(path: str, goes: bool) -> None:
    assert on_macos(Path(path)) is goes


@pytest.mark.parametrize(
    ("path", "kind", "goes"),
    [
        ("C:\\Users\\ada\\a.gguf", 3, False),
        ("\\\\?\\C:\\Users\\ada\\a.gguf", 3, False),
        ("E:\\a.gguf", 2, True),
        ("Z:\\a.gguf", 4, True),
        ("\\\\nas\\models\\a.gguf", 3, True),
        ("\\\\?\\UNC\\nas\\models\\a.gguf", 3, True),
    ],
)
def test_windows_tells_by_the_kind_of_the_drive(path: str, kind: int, goes: bool) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return kind

    assert on_windows(path, drive_type) is goes
    assert [len(root) for root in asked] == [len("C:\\")] * len(asked)


def test_this_systems_own_disk_is_asked(tmp_path: Path) -> None:
    assert may_go_away(tmp_path / "not there") == may_go_away(tmp_path)
