#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the Debian packages of this source tree in a folder of their own: build.sh FOLDER.
# What is built is what git holds and what stands changed in the tree; nothing is written into it.
set -eu
folder=$1
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)
rm -rf "$folder"
mkdir -p "$folder/tidewaiter-$version"
# git is not needed: whatever is no build folder.
tar -cf - --exclude='./build*' --exclude=./.git --exclude='*/__pycache__' --exclude='*/node_modules' . |
	tar -xf - -C "$folder/tidewaiter-$version"
cd "$folder/tidewaiter-$version"
dpkg-buildpackage -b -us -uc -j2
