#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The reader of systematic names against OPSIN, on names made here.

names.py PROGRAM [COUNT] [SEED]    skipped (77) without Java and py2opsin
"""
import random
import shutil
import sys

sys.path.append(sys.path[0] + '/..')
from lib import check, finish, run, skip  # noqa: E402

try:
    from py2opsin import py2opsin
except ImportError:
    skip('py2opsin is not installed')
if not shutil.which('java'):
    skip('there is no Java')

ARYL = ['phenyl', '4-fluorophenyl', '2-fluorophenyl', '4-chlorophenyl', '3-methylphenyl',
        '4-methoxyphenyl', '2,4-difluorophenyl', '4-bromophenyl', '4-hydroxyphenyl']
TAIL = ['2-phenylethyl', 'phenethyl', 'phenylmethyl', 'benzyl', 'methyl', 'ethyl', 'propyl',
        '2-(thiophen-2-yl)ethyl', '1-phenylpropan-2-yl', '2-hydroxy-2-phenylethyl',
        '2-(4-fluorophenyl)ethyl', '1-methyl-2-phenylethyl', '2-(2-thienyl)ethyl', 'propan-2-yl',
        '1-methylethyl', '2-(furan-2-yl)ethyl', '3-phenylpropyl', '4-methoxyphenethyl', 'hexyl']
AMIDE = ['propanamide', 'acetamide', 'butanamide', '2-methylpropanamide', 'pentanamide',
         '2-methoxyacetamide', 'prop-2-enamide', '2-propenamide', 'furan-2-carboxamide',
         '2-furancarboxamide', 'cyclopropanecarboxamide', 'cyclopentanecarboxamide', 'benzamide',
         'thiophene-2-carboxamide', '3-methylbutanamide', '2-phenylacetamide', 'hexanamide',
         'but-2-enamide', '2-chloropropanamide', 'oxolane-2-carboxamide']
ACYL = ['acetyl', 'propanoyl', 'propionyl', 'benzoyl', 'butanoyl', 'tert-butoxycarbonyl',
        'methoxycarbonyl', 'ethoxycarbonyl', 'phenylmethoxycarbonyl', 'formyl', 'furan-2-carbonyl']
ALKYL = ['methyl', 'ethyl', 'propyl', 'butyl', 'tert-butyl', 'benzyl', 'propan-2-yl', 'isopropyl',
         '1,1-dimethylethyl', '2-methylpropyl', 'phenylmethyl', 'allyl', 'pentyl']
RING = ['phenyl', '4-fluorophenyl', '1,3-benzodioxol-5-yl', '3,4-dimethoxyphenyl', '2-chlorophenyl']


def group(text):
    return f'({text})' if text[0].isdigit() or '-' in text or 'oxycarb' in text or 'phenylm' in text \
        else text


def square(text):
    return f'[{text}]' if '(' in text else group(text)


def made(pick):
    aryl, tail, amide, acyl, alkyl, ring = (pick(x) for x in (ARYL, TAIL, AMIDE, ACYL, ALKYL, RING))
    place = pick(['', '', '3-methyl', '4-methyl', '2,6-dimethyl'])
    core = f'1-{square(tail)}' + (f'-{place}' if place else '')
    return pick([
        lambda: f'N-{group(aryl)}-N-[{core}piperidin-4-yl]{amide}',
        lambda: f'N-[{core}-4-piperidinyl]-N-{group(aryl)}{amide}',
        lambda: f'{pick(["Propanamide", "Acetamide", "Butanamide"])}, '
                f'N-{group(aryl)}-N-[1-{square(tail)}-4-piperidinyl]-',
        lambda: f'N-{group(aryl)}-1-{square(tail)}piperidin-4-amine',
        lambda: f'4-Piperidinamine, N-{group(aryl)}-1-{square(tail)}-',
        lambda: f'{core}piperidin-4-one',
        lambda: f'{core}-4-piperidinone',
        lambda: f'4-Piperidinone, 1-{square(tail)}-',
        lambda: f'1-{square(acyl)}piperidin-4-one',
        lambda: f'{alkyl} 4-oxopiperidine-1-carboxylate',
        lambda: f'{alkyl} 4-anilinopiperidine-1-carboxylate',
        lambda: f'{alkyl} 4-({aryl}amino)piperidine-1-carboxylate' if aryl[0] != '2' else
                f'{alkyl} 4-oxo-3-methylpiperidine-1-carboxylate',
        lambda: f'1-Piperidinecarboxylic acid, 4-oxo-, {alkyl} ester',
        lambda: f'1-{group(ring)}propan-2-one',
        lambda: f'2-Propanone, 1-{group(ring)}-',
        lambda: f'1-{group(ring)}-2-propanone',
        lambda: f'{alkyl} 2-methyl-3-{group(ring)}oxirane-2-carboxylate',
        lambda: f'2-methyl-3-{group(ring)}oxirane-2-carboxylic acid',
        lambda: f'Oxiranecarboxylic acid, 2-methyl-3-{group(ring)}-, {alkyl} ester',
        lambda: f'{alkyl} 3-oxo-2-{group(ring)}butanoate',
        lambda: f'3-oxo-2-{group(ring)}butanenitrile',
        lambda: f'3-oxo-2-{group(ring)}butanamide',
        lambda: f'{alkyl} 2-{group(ring)}acetate',
        lambda: f'Benzeneacetic acid, {pick(["4-chloro", "2-fluoro", "3-nitro", "alpha-oxo"])}-, '
                f'{alkyl} ester',
        lambda: f'{pick(["Benzene", "Toluene"])}, {pick(["4", "2"])}-{pick(["chloro", "bromo", "nitro"])}-',
        lambda: f'1-{square(tail)}-4-anilinopiperidine',
        lambda: f'{pick(["2-methoxy", "2-bromo", "2-chloro"])}-1-{group(ring)}ethanone',
        lambda: f'Ethanone, 2-{pick(["methoxy", "bromo"])}-1-{group(ring)}-',
        lambda: f'2-({pick(["methyl", "dimethyl"])}amino)-1-{group(ring)}propan-1-ol',
        lambda: f'{pick(["(1R,2S)-", "(R)-", "(±)-", "(1S)-"])[0:]}2-amino-1-phenylpropan-1-ol',
        lambda: f'{pick(["menthyl", "bornyl", "geranyl", "linalyl", "cinnamyl"])} '
                f'{pick(["2-aminobenzoate", "phenylacetate"])}',
        lambda: f'{pick(["2", "4"])}-{pick(["bromo", "chloro"])}-1-{group(ring)}propan-1-one'
                .replace('4-', '2-', 1),
    ])()


count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
names = sorted({made(dice.choice) for _ in range(count * 2)})
dice.shuffle(names)
names = [n for n in names[:count] if len(n) < 400]
smiles = py2opsin(names, output_format='SMILES')
lines = [f'{n}\t{s}' for n, s in zip(names, smiles) if s]
print(f'{len(names)} names made, OPSIN reads {len(lines)}')
done = run(sys.argv[1], given='\n'.join(lines) + '\n')
print(done.out[-4000:])
check(lines and done.code == 0, 'names are read as OPSIN reads them', done.err)
sys.exit(finish())
