#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests of the package:
#
#     run.sh PROGRAM FOLDER
#
# builds wheel and source distribution in FOLDER, with the environments that they are tested in.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
TIDEWAITER_PROGRAM=$(realpath "$1")
export TIDEWAITER_PROGRAM
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONWARNINGS=ignore
mkdir -p "$2"
folder=$(realpath "$2")
python=$folder/tested/bin/python

test -x "$python" || python3 -m venv "$folder/tested"
"$folder/tested/bin/pip" install -q -r "$here/requirements.txt" </dev/null

# The wheel is built from the source distribution, not from the checkout.
rm -rf "$folder/dist"
"$folder/tested/bin/python" -m build -o "$folder/dist" "$here/.." >"$folder/build.log" 2>&1 </dev/null || {
	tail -n 40 "$folder/build.log"
	exit 1
}
"$folder/tested/bin/pip" install -q --no-deps --force-reinstall "$folder"/dist/*.whl </dev/null

# In a clean environment, from the checkout; quickly built.
rm -rf "$folder/clean"
python3 -m venv "$folder/clean"
"$folder/clean/bin/pip" install -q -Csetup-args=-Doptimization=0 "$here/.." </dev/null
(cd "$folder" && "$folder/clean/bin/python" -c 'import tidewaiter; assert str(tidewaiter.duty("6109.10.00.12", "CN", "2025-05-02T00:01", "54").duty.amount) == "91.26"; assert len(tidewaiter.law.diff("2025-04-09"))')
test "$("$folder/clean/bin/pip" list --format=freeze | grep -cv '^\(pip\|setuptools\|wheel\)==')" = 1

failed=0
one() { # one NAME COMMAND...
	echo "== $1"
	shift
	"$@" || failed=$((failed + 1))
}
one types "$folder/tested/bin/mypy" --config-file "$here/../pyproject.toml" --strict -p tidewaiter
one wheel "$python" "$here/wheel.py" "$folder"/dist/*.whl "$folder"/dist/*.tar.gz "$folder"
one docstrings "$python" "$here/docstrings.py"
one kinds "$python" "$here/kinds.py"
one "law and chemicals" "$python" "$here/law.py"
one refunds "$python" "$here/refunds.py"
one threads "$python" "$here/threads.py"
one "the program's answers" "$python" "$here/same.py" "${LINES_SAME:-200000}"
one memory "$python" "$here/memory.py" "${LINES_MEMORY:-2000000}"
one notebook "$python" "$here/notebook.py"
echo "check-python: $failed failed"
exit "$((failed > 0))"
