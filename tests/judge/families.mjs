// SPDX-License-Identifier: Apache-2.0
// A second judge of the families: patterns of whole molecules, written apart from the law's class
// files and from the engine, run by the RDKit of npm (WebAssembly).
//   node families.mjs families.tsv
import {rdkit, table} from './rdkit.mjs';

const queries = new Map();
function has(molecule, smarts) {
	if (!queries.has(smarts))
		queries.set(smarts, rdkit.get_qmol(smarts));
	return molecule.get_substruct_match(queries.get(smarts)) !== '{}';
}

// What a nitrogen bears, said from the nitrogen.
const ACID = '[$(C(=O)C),$(C(=O)c),$([CX3;H1]=O)]';
const FREE = '[$([NX3;H1;+0])]', AMIDE = `[$([NX3;H0;+0]-${ACID})]`;
const CARBAMATE = '[$([NX3;H0;+0]-C(=O)-[OX2]-[C,c])]';
const DOUBT = '[$([NX3]-[$(C(=O)([NX3])[NX3]),$(C=S),$(S(=O)(=O))])]';
const N = {'': FREE, A: AMIDE, C: CARBAMATE};
const ketone = n => `O=C1[CH2][CH2]${n}[CH2][CH2]1`;
const acetal = n => `[OX2;H0;$(O(-C)-[#6;!$([#6]=O)])]C1(${'[OX2;H0;!$(O-C=O)]'})[CH2][CH2]${n}[CH2][CH2]1`;
const hydrate = n => `[OH]C1([OH])[CH2][CH2]${n}[CH2][CH2]1`;
const letters = text => [...text].sort().join('+');

function piperidone(molecule) {
	for (const [a, n] of Object.entries(N)) {
		if (a && has(molecule, ketone(n)))
			return '=' + a;
		if (has(molecule, acetal(n)))
			return '=' + letters(a + 'K');
		if (has(molecule, hydrate(n)))
			return '=' + letters(a + 'H');
	}
	const thio = n => `S-C1([O,S])[CH2][CH2]${n}[CH2][CH2]1`;
	const half = n => `[OH]C1([OX2;H0])[CH2][CH2]${n}[CH2][CH2]1`;
	for (const n of Object.values(N))
		if (has(molecule, thio(n)) || has(molecule, half(n)))
			return '?';
	return has(molecule, ketone(DOUBT)) ? '?' : '';
}

function anilinopiperidine(molecule) {
	for (const [a, n] of Object.entries(N))
		for (const [b, m] of Object.entries(N)) {
			const base = `[c;R1]-${m}-[CH]2[CH2][CH2]${n}[CH2][CH2]2`;
			if (!has(molecule, base))
				continue;
			const plain = has(molecule, `[cH]1[cH][cH][cH][cH]c1-${m}-[CH]2[CH2][CH2]${n}[CH2][CH2]2`);
			const any = '[c;$([cH]),$(c[F,Cl,Br,I])]';
			const halo = has(molecule, `${any}1${any.repeat(4)}c1-${m}-[CH]2[CH2][CH2]${n}[CH2][CH2]2`);
			const text = [...new Set([a, b].filter(Boolean))].join('');
			if (plain)
				return text ? {plain: '=' + letters(text)} : {};
			if (halo)
				return {halo: '=' + letters(text + 'X')};
		}
	if (has(molecule, `[cH]1[cH][cH][cH][cH]c1-[NH]-[CH]2[CH2][CH2]${DOUBT}[CH2][CH2]2`))
		return {plain: '?'};
	if (has(molecule, 'c-[NH]-C1-C([F,Cl,Br,I])-C-N-C-C1'))
		return {halo: '?'};
	return {};
}

const ORGANIC = '[$([CX4]),c,$([CX3]=[CX3])]';
const ESTERS = {
	'class-us-anthranilate': '[NH2]c1[cH][cH][cH][cH]c1C(=O)O' + ORGANIC,
	'class-us-n-acetylanthranilate': '[CH3]C(=O)[NH]c1[cH][cH][cH][cH]c1C(=O)O' + ORGANIC,
	'class-us-phenylacetate': '[cH]1[cH][cH][cH][cH]c1[CH2]C(=O)O' + ORGANIC,
};
const GLYCIDIC = ['c1([cH][cH][cH][cH][cH]1)[CH]2OC2([CH3])C(=O)O',
		  'c1([cH][cH]c3O[CH2]Oc3[cH]1)[CH]2OC2([CH3])C(=O)O'];
const BUTANOIC = 'c1([cH][cH][cH][cH][cH]1)[CH](C(=O)[CH3])C(=O)O';
const EIGHT = ['[CH3]', '[CH2][CH3]', '[CH2][CH2][CH3]', '[CH]([CH3])[CH3]', '[CH2][CH2][CH2][CH3]',
	       '[CH2][CH]([CH3])[CH3]', '[CH]([CH3])[CH2][CH3]', 'C([CH3])([CH3])[CH3]'];
const CANADA = {
	'class-ca-4-piperidone': ['O=C1[CH2][CH2][NX3][CH2][CX4;H1,H2]1',
				  '[O,S]C1([O,S])[CH2][CH2][NX3][CH2][CH2]1'],
	'class-ca-4-ap': ['c[NX3][CH]1[CH2][CH2][NH][CH2][CH2]1',
			  'c[NX3][CH]1[CH2][CH2]N(C=[O,S])[CH2][CH2]1'],
	'class-ca-glycidate': ['c[CH]1OC1([CH3])C(=O)[OX2]'],
};

function judge(molecule) {
	const found = {};
	const p = piperidone(molecule), a = anilinopiperidine(molecule);
	if (p)
		found['class-us-4-piperidone'] = p;
	if (a.plain)
		found['class-us-4-ap'] = a.plain;
	if (a.halo)
		found['class-us-4-ap-halides'] = a.halo;
	for (const [id, smarts] of Object.entries(ESTERS))
		if (has(molecule, smarts))
			found[id] = '=E';
	const any = GLYCIDIC.some(g => has(molecule, g + ORGANIC));
	if (any || has(molecule, BUTANOIC + ORGANIC))
		found['class-cn-glycidate'] = '=E';
	if (any && GLYCIDIC.some(g => EIGHT.some(e => has(molecule, g + e))))
		found['class-un-glycidate'] = found['class-eu-glycidate'] = '=E';
	for (const [id, patterns] of Object.entries(CANADA))
		if (patterns.some(q => has(molecule, q)))
			found[id] = '?';
	return found;
}

// Without the usual charges and stereo; the largest organic part.
function parent(smiles) {
	const flat = smiles.replaceAll(/[\\/]/g, '').replaceAll(/\[C@+H\]/g, 'C').replaceAll(/\[C@+\]/g, 'C')
			     .replaceAll('[NH2+]', 'N').replaceAll('[NH3+]', 'N').replaceAll('[O-]', 'O');
	return flat.split('.').sort((x, y) => y.length - x.length)[0];
}

const rows = table(process.argv[2]);
let wrong = 0;
for (const row of rows) {
	const molecule = rdkit.get_mol(parent(row.smiles));
	const found = judge(molecule);
	const text = Object.keys(found).sort().map(id => id + found[id]).join(' ') || '-';
	molecule.delete();
	if (text !== row.classes) {
		console.log(`${row.name}: ${row.classes} in the table, ${text} by this judge`);
		wrong++;
	}
}
console.log(`${rows.length} structures, ${wrong} judged differently`);
process.exit(wrong ? 1 : 0);
