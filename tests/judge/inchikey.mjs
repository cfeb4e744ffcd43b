// SPDX-License-Identifier: Apache-2.0
// Every InChIKey of the ledger against its structure, with the RDKit of npm.
//   node inchikey.mjs law/substances/substances.tsv
import {rdkit, table} from './rdkit.mjs';

const rows = table(process.argv[2]);
let checked = 0, wrong = 0;
for (const row of rows) {
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
