// SPDX-License-Identifier: Apache-2.0
// Every InChIKey of the ledger against its structure, with the RDKit of npm.
//   node inchikey.mjs law/substances/substances.tsv
// Skipped (77) where @rdkit/rdkit is not installed. RDKIT_JS may name its folder.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

function load() {
	for (const from of [process.env.RDKIT_JS, process.cwd(), import.meta.dirname ?? '.'])
		try {
			if (from)
				return createRequire(from + '/package.json')('@rdkit/rdkit');
		} catch {
			continue;
		}
	console.log('@rdkit/rdkit is not installed: skipped');
	process.exit(77);
}

const rdkit = await load()();
const rows = readFileSync(process.argv[2], 'utf8').split('\n').filter(l => l && l[0] !== '#');
const columns = rows.shift().split('\t');
let checked = 0, wrong = 0;
for (const line of rows) {
	const row = Object.fromEntries(line.split('\t').map((cell, i) => [columns[i], cell]));
	if (!row.smiles) {
		if (row.inchikey) {
			console.log(`${row.id}: a key without a structure`);
			wrong++;
		}
		continue;
	}
	const molecule = rdkit.get_mol(row.smiles);
	const key = molecule ? rdkit.get_inchikey_for_inchi(molecule.get_inchi()) : 'unreadable';
	checked++;
	if (key !== row.inchikey) {
		console.log(`${row.id}: ${row.inchikey} in the ledger, ${key} from the structure`);
		wrong++;
	}
	molecule?.delete();
}
console.log(`${checked} structures, ${wrong} wrong, RDKit ${rdkit.version()}`);
process.exit(wrong || checked < 140 ? 1 : 0);
