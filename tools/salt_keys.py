#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""InChIKeys of the salts of the listed substances.

A key does not show its parent, so the keys of the usual salts are law data,
law/substances/salts.tsv, that this program writes from the structures of
law/substances/substances.tsv. It needs the RDKit of Python (pip install rdkit).

    salt_keys.py law/substances            write salts.tsv
    salt_keys.py law/substances --check    compare; 77 where there is no RDKit
"""
import sys
from pathlib import Path

try:
    from rdkit import Chem, RDLogger
except ImportError:
    print('the RDKit of Python is not installed: skipped')
    sys.exit(77)

ACIDS = [('hydrochloride', 'Cl'), ('hydrobromide', 'Br'), ('hydroiodide', 'I'),
         ('sulfate', 'OS(=O)(=O)O'), ('phosphate', 'OP(=O)(O)O'), ('nitrate', 'O[N+](=O)[O-]'),
         ('acetate', 'CC(=O)O'), ('trifluoroacetate', 'OC(=O)C(F)(F)F'),
         ('citrate', 'OC(=O)CC(O)(CC(=O)O)C(=O)O'), ('oxalate', 'OC(=O)C(=O)O'),
         ('fumarate', 'OC(=O)/C=C/C(=O)O'), ('maleate', 'OC(=O)/C=C\\C(=O)O'),
         ('tartrate', 'OC(=O)[C@H](O)[C@@H](O)C(=O)O')]
BASES = [('sodium', '[Na+]', 1), ('potassium', '[K+]', 1), ('ammonium', '[NH4+]', 1)]
# 21 CFR 1310.02(a): the salts of hypophosphorous acid are named one by one.
METALS = BASES + [('calcium', '[Ca+2]', 2), ('magnesium', '[Mg+2]', 2), ('manganese', '[Mn+2]', 2),
                  ('iron', '[Fe+3]', 3), ('iron', '[Fe+2]', 2), ('aluminium', '[Al+3]', 3),
                  ('nickel', '[Ni+2]', 2)]
# An amine, imine or pyridine that takes a proton; not an amide, a nitro group or a nitrile.
BASIC = Chem.MolFromSmarts('[$([NX3;!$(N[C,S,P]=[O,S,N]);!$(N~[O,N]);!$(N[CX3]=[CX3])]),'
                           '$([NX2]=[CX3]),$([nX2]1:[c,n]:c:[c,n]:c:1)]')
ACIDIC = Chem.MolFromSmarts('[CX3](=O)[OX2H1]')


def key(smiles):
    molecule = Chem.MolFromSmiles(smiles)
    return Chem.MolToInchiKey(molecule) if molecule else ''


def flat(smiles):
    molecule = Chem.MolFromSmiles(smiles)
    Chem.RemoveStereochemistry(molecule)
    return Chem.MolToSmiles(molecule)


def anion(molecule):
    """SMILES of the molecule without its first acid proton."""
    copy = Chem.RWMol(molecule)
    oxygen = copy.GetSubstructMatch(ACIDIC)[2] if copy.HasSubstructMatch(ACIDIC) else next(
        a.GetIdx() for a in copy.GetAtoms() if a.GetSymbol() == 'O' and a.GetTotalNumHs())
    atom = copy.GetAtomWithIdx(oxygen)
    atom.SetFormalCharge(-1)
    atom.SetNumExplicitHs(0)
    return Chem.MolToSmiles(copy)


def cation(smiles):
    """SMILES with a proton more at the most basic nitrogen: not an aniline's where there is another."""
    copy = Chem.RWMol(Chem.MolFromSmiles(smiles))
    atoms = [copy.GetAtomWithIdx(found[0]) for found in copy.GetSubstructMatches(BASIC)]
    atom = min(atoms, key=lambda a: any(n.GetIsAromatic() for n in a.GetNeighbors()))
    atom.SetFormalCharge(1)
    atom.SetNumExplicitHs(atom.GetTotalNumHs() + 1)
    return Chem.MolToSmiles(copy)


def salts(identity, smiles):
    """(salt, keys) of one substance; of mirror images and of the form without stereo too."""
    molecule = Chem.MolFromSmiles(smiles)
    forms = [smiles] if flat(smiles) == Chem.MolToSmiles(molecule) else [smiles, flat(smiles)]
    if molecule.HasSubstructMatch(BASIC):
        for name, acid in ACIDS:
            acids = [acid] if flat(acid) == Chem.CanonSmiles(acid) else [acid, flat(acid)]
            yield name, [key('.'.join(parts)) for form in forms for other in acids
                         for parts in ([form, other], [form, form, other], [form, other, other])]
        # InChI does not take the charges of a nitrate back: drawn as ions it has a key of its own.
        yield 'nitrate of ions', [key(f'{cation(form)}.[O-][N+](=O)[O-]') for form in forms]
        yield 'hydrochloride hydrate', [key(f'{form}.Cl.O') for form in forms]
        yield 'hydrate', [key(f'{form}.O') for form in forms]
    hypophosphite = identity == 'hypophosphorous-acid'
    if hypophosphite or molecule.HasSubstructMatch(ACIDIC):
        for name, metal, charge in METALS if hypophosphite else BASES:
            ions = [anion(Chem.MolFromSmiles(form)) for form in forms]
            yield name, [key('.'.join([ion] * charge + [metal])) for ion in ions]
        if hypophosphite:
            yield 'sodium hydrate', [key(f'{anion(molecule)}.[Na+].O')]


def table(folder):
    lines = ['# title: InChIKeys of salts, written by tools/salt_keys.py',
             '# note: keys: one base to one acid, two to one and one to two; with and without the stereo of the substance',
             'substance\tsalt\tkeys']
    rows = [l for l in (folder / 'substances.tsv').read_text().split('\n') if l and l[0] != '#']
    columns = rows.pop(0).split('\t')
    for line in rows:
        row = dict(zip(columns, line.split('\t')))
        if not row['smiles']:
            continue
        for name, keys in salts(row['id'], row['smiles']):
            keys = sorted(set(k for k in keys if k))
            lines.append(f"{row['id']}\t{name}\t{' '.join(keys)}")
    return '\n'.join(lines) + '\n'


RDLogger.DisableLog('rdApp.*')
folder = Path(sys.argv[1])
text = table(folder)
if '--check' in sys.argv:
    if text != (folder / 'salts.tsv').read_text():
        print('law/substances/salts.tsv is not what the structures give: run tools/salt_keys.py law/substances')
        sys.exit(1)
    print(f'{text.count(chr(10)) - 3} salts agree')
else:
    (folder / 'salts.tsv').write_text(text)
