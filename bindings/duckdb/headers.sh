#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# headers.sh FOLDER: duckdb.h and duckdb_extension.h, from the crate libduckdb-sys where there is
# a cargo, else from the npm package duckdb: both hold DuckDB's sources of that version. The
# interface of the extension is the one of 1.2.0 in any of them.
set -eu
version=1.4.4
mkdir -p "$1"
cd "$1"
test ! -f duckdb.h || test ! -f duckdb_extension.h || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

from_cargo() {
	command -v cargo >/dev/null || return 1
	mkdir -p "$work/crate/src" "$work/source"
	: >"$work/crate/src/lib.rs"
	printf '[package]\nname = "headers"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\nlibduckdb-sys = "=%s"\n' \
		"$version" >"$work/crate/Cargo.toml"
	(cd "$work/crate" && CARGO_HOME="$work/home" cargo fetch -q </dev/null) || return 1
	tar xzf "$work"/home/registry/src/*/libduckdb-sys-"$version"/duckdb.tar.gz -C "$work/source" \
		duckdb/src/include/duckdb.h duckdb/src/include/duckdb_extension.h || return 1
	cp "$work"/source/duckdb/src/include/*.h .
}

from_npm() {
	command -v npm >/dev/null || return 1
	(cd "$work" && npm pack --silent "duckdb@$version" >/dev/null </dev/null) || return 1
	tar xzf "$work/duckdb-$version.tgz" -C "$work" package/src/duckdb/src/include/duckdb.h \
		package/src/duckdb/src/include/duckdb_extension.h || return 1
	cp "$work"/package/src/duckdb/src/include/*.h .
}

from_cargo || from_npm || {
	echo "headers.sh: neither cargo nor npm could fetch DuckDB $version" >&2
	exit 1
}
