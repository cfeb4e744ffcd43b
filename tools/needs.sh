#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing on Debian: for `run` what the program needs to be
# built, for `check` what the tests need too. Looks for each thing before its
# package, says what it installs, asks nothing.
set -eu

missing=""

# need PACKAGE TEST...: the package is wanted when the test fails.
need() {
	package=$1
	shift
	"$@" >/dev/null 2>&1 || missing="$missing $package"
}
program() { command -v "$1"; }
library() { command -v pkg-config && pkg-config --exists "$1"; }
header() { printf '#include <%s>\n' "$1" | cc -E -x c -o /dev/null -; }
cxx_header() { printf '#include <%s>\n' "$1" | c++ -E -isystem /usr/include/rdkit -x c++ -o /dev/null -; }

need gcc program cc
need libc6-dev header stdio.h
need pkg-config program pkg-config
need python3 program python3
need meson program meson
need ninja-build program ninja
need libyaml-dev library yaml-0.1
need libutf8proc-dev library libutf8proc
need libjansson-dev library jansson
need zlib1g-dev library zlib
need libzstd-dev library libzstd
need libexpat1-dev library expat
need libsqlite3-dev library sqlite3
need libmicrohttpd-dev library libmicrohttpd

if [ "${1:-run}" = check ]; then
	need g++ program c++
	need libcmocka-dev library cmocka
	need libboost-dev cxx_header boost/version.hpp
	need librdkit-dev cxx_header GraphMol/GraphMol.h
	need nodejs program node
	need npm program npm
	need clang-format-14 program clang-format-14
	need scdoc program scdoc
	need zsh program zsh
	need fish program fish
	need openssl program openssl
	need python3-jsonschema python3 -c "import jsonschema"
fi

if [ "${1:-run}" = deb ]; then
	need dpkg-dev program dpkg-buildpackage
	need debhelper program dh
	need fakeroot program fakeroot
	need lintian program lintian
	need g++ program c++
	need libboost-dev cxx_header boost/version.hpp
	need librdkit-dev cxx_header GraphMol/GraphMol.h
	need scdoc program scdoc
fi

if [ "${1:-run}" = fuzz ]; then
	need clang program clang
	need libclang-rt-14-dev sh -c 'echo "int main(void){return 0;}" | clang -fsanitize=address -x c - -o /tmp/needs.$$ && rm -f /tmp/needs.$$'
fi

if [ "${1:-run}" = lint ]; then
	need clang program clang
	need clang-tidy-14 program clang-tidy-14
	need cppcheck program cppcheck
	need clang-format-14 program clang-format-14
fi

if [ "${1:-run}" = duckdb ]; then
	need nodejs program node
	need npm program npm
	need python3-venv python3 -c 'import ensurepip'
fi

if [ "${1:-run}" = page ]; then
	need nodejs program node
	need npm program npm
	need chromium program chromium
fi

if [ "${1:-run}" = api ]; then
	need nodejs program node
	need npm program npm
	need prometheus program promtool
	need python3-venv python3 -c 'import ensurepip'
fi

if [ "${1:-run}" = postgresql ]; then
	need postgresql-15 test -x /usr/lib/postgresql/15/bin/initdb
	need postgresql-server-dev-15 test -f /usr/include/postgresql/15/server/postgres.h
fi

if [ "${1:-run}" = sqlite ]; then
	need sqlite3 program sqlite3
fi

if [ "${1:-run}" = prove ]; then
	need frama-c-base program frama-c
	need why3 program why3
	need z3 program z3
fi

if [ "${1:-run}" = python ]; then
	need python3-venv python3 -c 'import ensurepip'
	need python3-dev python3 -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))'
	need binutils program nm
	need git program git
fi

if [ "${1:-run}" = docker ]; then
	need debootstrap program debootstrap
fi

if [ "${1:-run}" = arrow ]; then
	need python3-venv python3 -c 'import ensurepip'
fi

if [ "${1:-run}" = java ]; then
	need default-jre-headless program java
fi

if [ "${1:-run}" = names ]; then
	need default-jre-headless program java
	need python3-venv python3 -c 'import ensurepip'
fi

[ -n "$missing" ] || exit 0
echo "needs: installing$missing"
as_root=""
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "needs: neither root nor sudo here; install by hand:$missing" >&2
		exit 1
	}
	as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq </dev/null
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null
