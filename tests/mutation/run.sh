#!/usr/bin/env bash
# Removes each rule of rules.tsv in a copy of the sources, builds, and runs the tests that must notice. Prints rule → test that failed; a
# rule whose removal no test notices, or that is no longer found in its file, fails. A pattern as argument chooses rules by name.
# Rules that are data (patterns of text, rows of tables) are left out one by one within the tests themselves, in Proofs/Removal.
set -uo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
chosen=${1:-.}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
cd "$copy" || exit 1
killed=0 survived=0
log=$copy/mutant.log
bin=tests/HealthMcp.Tests/bin/Debug/net10.0

replace() { # file, text, replacement: exactly the first, with \n for a new line
  perl -0777 -i -pe 'BEGIN { ($a, $b) = @ENV{qw(FROM TO)}; s/\\n/\n/g for $a, $b } $n += s/\Q$a\E/$b/; END { exit($n ? 0 : 3) }' "$1"
}

# The tests see the program as it was built: only the program is built anew, and put beside them.
build() {
  dotnet build src/HealthMcp --no-restore --nologo -v quiet -p:RunAnalyzers=false -p:BuildProjectReferences=false -p:UseSharedCompilation=true >"$log" 2>&1 &&
    cp src/HealthMcp/obj/Debug/net10.0/HealthMcp.dll "$bin/HealthMcp.dll"
}

notice() { # filter: prints the first test that failed
  local filter; filter=$(sed 's/|/|FullyQualifiedName~/g' <<<"FullyQualifiedName~$1")
  dotnet test "$bin/HealthMcp.Tests.dll" --nologo --filter "$filter" >"$log" 2>&1 && { echo "no test failed"; return 1; }
  grep -m 1 -oE 'HealthMcp\.Tests\.[A-Za-z0-9_.]+' <(grep '\[FAIL\]' "$log") || { echo "the tests did not run"; return 1; }
}

# A test that fails anyway would notice everything. Of the tests only those that the chosen rules name matter.
dotnet build tests/HealthMcp.Tests --nologo -v quiet -p:RunAnalyzers=false >"$log" 2>&1 || { cat "$log"; echo "0 passed, 1 failed"; exit 1; }
everything=$(grep -v '^#' tests/mutation/rules.tsv | awk -F '\t' -v chosen="$chosen" '$1 ~ chosen' | cut -f 5 | tr '|' '\n' | sort -u | paste -sd '|')
before=$(build && notice "$everything")
[ "$before" = "no test failed" ] || { echo "before any rule was removed: $before"; echo "0 passed, 1 failed"; exit 1; }

while IFS= read -r line; do
  field() { cut -f "$1" <<<"$line"; }
  name=$(field 1) file=$(field 2) from=$(field 3) to=$(field 4) filter=$(field 5)
  [[ $name == \#* || ! $name =~ $chosen ]] && continue
  cp "$file" "$copy/original"
  if ! FROM=$from TO=$to replace "$file"; then failed="the text is not in $file"; ok=1
  elif ! build; then failed="does not build"; ok=1
  else failed=$(notice "$filter"); ok=$?; fi
  cp "$copy/original" "$file"
  if [ "$ok" = 0 ]; then killed=$((killed + 1)); else survived=$((survived + 1)); fi
  printf '%-9s %-55s %s\n' "$([ "$ok" = 0 ] && echo noticed || echo SURVIVED)" "$name" "$failed"
done <tests/mutation/rules.tsv

echo "$killed passed, $survived failed"
[ "$survived" = 0 ] && [ "$killed" != 0 ]
