// SPDX-License-Identifier: Apache-2.0
// A second judge of the structural classes: whole-molecule patterns written apart from the law's
// class files and from the engine, run by the RDKit of npm (WebAssembly).
//   node structures.mjs structures.tsv
import {rdkit, table} from './rdkit.mjs';

// Groups, by the atom that is bound, said from that atom outward.
const SP3 = '[CX4;!$(C-[!#6;!#1])]';                       // a carbon of a saturated hydrocarbon
const ALKYL = `${SP3.slice(0, -1)};!$(C-[CX3,CX2])]`;
const HALO = '[F,Cl,Br,I]';
const HALOALKYL = '[CX4;$(C-[F,Cl,Br,I]);!$(C-[O,N,S,P])]';
const ALKENYL = '[$([CX3]=[CX3]),$([CX4;!$(C-[!#6;!#1])]-[CX3]=[CX3])]';
const ALKOXYL = '[OX2;H0;$(O(-[CX4;!$(C-[N,S,F,Cl,Br,I])])-[#6;!$(C=O)]);!$(O-C=O)]';
const HYDROXYL = '[OX2;H1]';
const AMINO = '[NX3;+0;!$(N-C=[O,N,S]);!$(N-[!#6;!#1])]';
const NITRO = '[$([NX3](=O)[O-]),$([N+](=O)[O-])]';
const ETHER = '[$([CX4;!$(C-[N,S])]-[OX2;H0]-[CX4]),$([OX2;H0]-[#6;!$(C=O)])]';
const ESTER = '[$([CX3](=O)-[OX2;H0]-[#6]),$([OX2]-[CX3](=O)-[#6])]';
const any = (...groups) => '[' + groups.map(g => `$(${g})`).join(',') + ']';
const CHAIN_GROUP = any(ALKYL, ALKENYL, ALKOXYL, HYDROXYL, HALO, HALOALKYL, AMINO, NITRO);
const RING_GROUP = any(ALKYL, ALKENYL, ALKOXYL, ESTER, ETHER, HYDROXYL, HALO, HALOALKYL, AMINO,
		       NITRO);

// The skeleton, with what its atoms may bear.
const core = (amide, ring, nitrogen) =>
	`[NX3;!R;+0${amide}]-[CX4;R1${ring}]1-[CX4;R1${ring}]-[CX4;R1${ring}]-` +
	`[NX3;R1;+0${nitrogen}]-[CX4;R1${ring}]-[CX4;R1${ring}]-1`;
const SIX = n => Array.from({length: n}, (_, i) => `[a;R1]${i === 0 ? '1' : ''}`).join('') + '1';
const FIVE = SIX(5), HEXA = SIX(6);
const AROMATIC = `$(${HEXA}),$(${FIVE})`;
const PHENYL = 'c1[cH][cH][cH][cH][cH]1';
const ring = n => '[R1]1' + '~@[R1]'.repeat(n - 1) + '~@1';
const ANY_RING = [3, 4, 5, 6, 7, 8].map(n => `$(${ring(n)})`).join(',');

const ACYL = ';$(N-[CX3;!R](=[OX1]))';
const PROPIONYL = ';$(N-[CX3;!R](=[OX1])-[CH2]-[CH3])';
const ARYL_ANY = `;$(N-[a;!$(a-[CX3;!R](=O)-N);${AROMATIC}])`;
const ARYL_PHENYL = `;$(N-${PHENYL})`;
const PHENETHYL = `;$(N-[CH2]-[CH2]-${PHENYL})`;
// Two chain carbons whose groups are allowed, then one ring.
// A link's own neighbours bear a ring themselves: the piperidine or the end.
const LINK = `[CX4;!R;!$(C-[!#1;!R;!$(${CHAIN_GROUP});!$([CX4;!R]-[R])])]`;
const LINK_1 = `${LINK.slice(0, -1)};!$(C-[c,C;R])]`;
const linked = end => `;$([NX3]-${LINK_1}-${LINK}-${end})`;
const PHENYL_PLUS = '[c;R1]1' + `[c;R1;!$(c-[!#1;!R;!$(${CHAIN_GROUP})])]`.repeat(5) + '1';

const has = (molecule, smarts) => {
	const query = rdkit.get_qmol(smarts);
	if (!query)
		throw new Error('not a pattern: ' + smarts);
	const found = molecule.get_substruct_match(query) !== '{}';
	query.delete();
	return found;
};

// Carbons of the link that bear something.
const LINK_GROUPS = [`[NX3;R]-[CX4;!R](-[!#1])-[CX4;!R]-[R]`, `[NX3;R]-[CX4;!R]-[CX4;!R](-[!#1;!R])-[R]`];
const RING_GROUPS = [
	'[NX3;!R]-[CX4;R1]1(-[!#1;!R])-C-C-N-C-C-1', '[NX3;!R]-[CX4;R1]1-C(-[!#1])-C-N-C-C-1',
	'[NX3;!R]-[CX4;R1]1-C-C(-[!#1])-N-C-C-1', '[NX3;!R]-[CX4;R1]1(-[R])-C-C-N-C-C-1'];
const WRONG_ON_RING = (() => {
	const wrong = `[!#1;!$([NX3;!R]-[CX3;!R]=O);!$(${RING_GROUP})]`;
	const four = `[!#1;!$([NX3;!R]-[CX3;!R]=[OX1]);!$(${RING_GROUP})]`;
	return [`[NX3;!R]-[CX4;R1]1(-!@${four})-C-C-N-C-C-1`,
		`[NX3;!R]-[CX4;R1]1-C(-!@${wrong})-C-N-C-C-1`,
		`[NX3;!R]-[CX4;R1]1-C-C(-!@${wrong})-N-C-C-1`];
})();

function judge(smiles) {
	const molecule = rdkit.get_mol(smiles);
	const answer = {us: '-', cn: '-'};
	const is = smarts => has(molecule, smarts);
	const one = core(ACYL + ARYL_ANY, '', ';$(N-!@[#6,#7,#8])');
	if (is(one) && !WRONG_ON_RING.some(is)) {
		const E = !is(core(PROPIONYL, '', ''));
		const D = !is(core(ARYL_PHENYL, '', ''));
		const C = RING_GROUPS.some(is);
		const other = !is(core('', '', PHENETHYL));
		const cn = [E && '1', D && '2', C && '3', other && '4'].filter(Boolean);
		answer.cn = cn.join('+') || '-';
		let A = false, B = false, chain = !other;
		if (other && is(core('', '', linked('[R1]')))) {
			const phenyl = is(core('', '', linked(PHENYL)));
			const plus = is(core('', '', linked(PHENYL_PLUS)));
			const single = is(core('', '', linked(`[${ANY_RING}]`))) &&
				       !is(core('', '', linked('[R1]~@[R2]'))) &&
				       !is(core('', '', linked('[R1]~@[R1]~@[R2]')));
			A = single && !phenyl && !plus;
			B = LINK_GROUPS.some(g => is(g)) || (plus && !phenyl);
			chain = single;
		}
		const us = [A && 'A', B && 'B', C && 'C', D && 'D', E && 'E'].filter(Boolean);
		answer.us = chain && us.length ? us.join('+') : '-';
	}
	molecule.delete();
	return answer;
}

// The parts of a text, without isotopes, charges of ammonium and stereo.
function parts(smiles) {
	const flat = smiles.replaceAll('[2H]', '[H]').replaceAll(/[\\/]/g, '').replaceAll(/\[C@+H\]/g, 'C')
			     .replaceAll('[NH+]', 'N');
	return flat.split('.').filter(part => /[Cc]/.test(part) && part !== '[Cl-]');
}

const rows = table(process.argv[2]);
let wrong = 0;
for (const row of rows) {
	const answer = parts(row.smiles).map(judge).find(a => a.cn !== '-' || a.us !== '-') ??
		       {us: '-', cn: '-'};
	if (answer.us !== row.us || answer.cn !== row.cn) {
		console.log(`${row.name}: US ${row.us} CN ${row.cn} in the table, ` +
			    `US ${answer.us} CN ${answer.cn} by this judge`);
		wrong++;
	}
}
console.log(`${rows.length} structures, ${wrong} judged differently`);
process.exit(wrong ? 1 : 0);
