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

if [ "${1:-run}" = check ]; then
	need g++ program c++
	need libcmocka-dev library cmocka
	need libboost-dev cxx_header boost/version.hpp
	need librdkit-dev cxx_header GraphMol/GraphMol.h
	need nodejs program node
	need npm program npm
	need clang-format-14 program clang-format-14
fi

if [ "${1:-run}" = fuzz ]; then
	need clang program clang
	need libclang-rt-14-dev sh -c 'echo "int main(void){return 0;}" | clang -fsanitize=address -x c - -o /tmp/needs.$$ && rm -f /tmp/needs.$$'
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
