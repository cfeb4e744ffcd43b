# SPDX-License-Identifier: Apache-2.0
"""How pip builds the package: meson-python, with the C project where Meson looks for it.

The module is built from the sources of the whole project, which lie above this folder in a
checkout and within it (subprojects/tidewaiter) in a source distribution. Meson takes a
subproject only from below the project, so a folder is made elsewhere in which both stand.
"""
import contextlib
import os
import pathlib
import subprocess
import tarfile
import tempfile

import mesonpy

HERE = pathlib.Path(__file__).resolve().parent
WITHIN = HERE / "subprojects" / "tidewaiter"
# What of the project the module is made of.
CORE = ("LICENSE", "meson.build", "meson_options.txt", "include", "law", "profiles", "src")


def _core():
    root = WITHIN if WITHIN.is_dir() else HERE.parent.parent
    if not (root / "include" / "tidewaiter.h").is_file():
        raise SystemExit(f"the sources of the project are neither in {WITHIN} nor in {root}")
    return root


@contextlib.contextmanager
def _stage():
    """A folder in which this one has the project as a subproject; the working directory."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-build-") as name:
        stage = pathlib.Path(name) / "tidewaiter"
        stage.mkdir()
        for path in HERE.iterdir():
            if path.name not in ("subprojects", "build", "dist", "__pycache__"):
                (stage / path.name).symlink_to(path)
        project = stage / "subprojects" / "tidewaiter"
        project.mkdir(parents=True)
        for part in CORE:
            (project / part).symlink_to(_core() / part)
        (stage / "law_text").symlink_to(_core() / "law")
        (stage / "LICENSE").symlink_to(_core() / "LICENSE")
        before = os.getcwd()
        os.chdir(stage)
        try:
            yield stage
        finally:
            os.chdir(before)


def get_requires_for_build_wheel(config_settings=None):
    with _stage():
        return mesonpy.get_requires_for_build_wheel(config_settings)


def get_requires_for_build_sdist(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    wheel_directory = os.path.abspath(wheel_directory)
    with _stage():
        return mesonpy.build_wheel(wheel_directory, config_settings, metadata_directory)


def _files(top, parts):
    """Files of a checkout that git knows; of an unpacked distribution, all."""
    known = subprocess.run(["git", "ls-files", "-z", "--", *parts], cwd=top, capture_output=True,
                           check=False)
    if known.returncode == 0 and known.stdout:
        return sorted(name for name in known.stdout.decode().split("\0") if name)
    return sorted(str(path.relative_to(top)) for part in parts
                  for path in ([top / part] if (top / part).is_file() else (top / part).rglob("*"))
                  if path.is_file() and "__pycache__" not in path.parts)


def _plain(info):
    """The same archive whoever packs it."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o755 if info.mode & 0o100 else 0o644
    info.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", info.mtime))
    return info


def build_sdist(sdist_directory, config_settings=None):
    with _stage():
        with mesonpy._project(config_settings) as project:  # reads pyproject.toml and the version
            metadata = project._metadata
            version = str(metadata.version)
            head = bytes(metadata.as_rfc822())
    name = f"tidewaiter-{version}"
    ours = [path for path in _files(HERE, ["."]) if not path.startswith("subprojects/")]
    with tempfile.NamedTemporaryFile() as info, \
            tarfile.open(os.path.join(sdist_directory, name + ".tar.gz"), "w:gz",
                         format=tarfile.PAX_FORMAT) as archive:
        info.write(head)
        info.flush()
        archive.add(info.name, f"{name}/PKG-INFO", filter=_plain)
        for path in ours:
            if path != "PKG-INFO":
                archive.add(HERE / path, f"{name}/{path}", filter=_plain)
        for path in _files(_core(), CORE):
            archive.add(_core() / path, f"{name}/subprojects/tidewaiter/{path}", filter=_plain)
    return name + ".tar.gz"
