#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What `make run` ends with: where the program is, and what to try next.
set -eu
program=$1
cat <<END

The program is $program. Some lines of the sample above are broken on
purpose. What to try next:

  $program duty --hts 6109.10.00.12 --origin CN --on today --value 54
  $program law diff 2025-04-10 --origin CN --into US
  $program substance "4-piperidone hydrochloride" --from CN --into US
  $program assess YOUR-FILE.csv --output duties.csv
  $program serve    and open http://127.0.0.1:8417/ in a browser
  $program help

To install it with its manual pages (where scdoc is) and completions for bash,
zsh and fish: make install
END
