// SPDX-License-Identifier: Apache-2.0
// What the second judges of structures share: the RDKit of npm (WebAssembly), and tables.
// A test is skipped (77) where @rdkit/rdkit is not installed. RDKIT_JS may name its folder.
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

export const rdkit = await load()();

// The rows of a table of the law or of the cases, by the names of its columns.
export function table(path) {
	const lines = readFileSync(path, 'utf8').split('\n').filter(l => l && l[0] !== '#');
	const columns = lines.shift().split('\t');
	const row = line => Object.fromEntries(line.split('\t').map((cell, i) => [columns[i], cell]));
	return lines.map(row);
}
