/**
 * Letters for pictures: five columns of eight pixels, the last one for what goes below the line, as on character displays.
 * The columns of each are written as pairs of hexadecimal digits, the lowest bit at the top.
 */

const FIRST = ' '.charCodeAt(0);

const GLYPHS = [
  '0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649562050 0000070000', // space ! " # $ % & '
  '001c224100 0041221c00 2a1c7f1c2a 08083e0808 0080703000 0808080808 0060600000 2010080402', // ( ) * + , - . /
  '3e5149453e 00427f4000 4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503', // 0 to 7
  '3649494936 064949291e 0036360000 0080743400 0814224100 1414141414 0041221408 0201510906', // 8 9 : ; < = > ?
  '324979413e 7e1111117e 7f49494936 3e41414122 7f4141221c 7f49494941 7f09090901 3e4149497a', // @ A to G
  '7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e', // H to O
  '7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f 1f2040201f 3f4038403f', // P to W
  '6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 4040404040', // X Y Z [ \ ] ^ _
  '0001020400 2054545478 7f48444438 3844444420 384444487f 3854545418 087e090102 18a4a49c78', // ` a to g
  '7f08040478 00447d4000 4080847d00 7f10284400 00417f4000 7c04180478 7c08040478 3844444438', // h to o
  'fc18242418 18242418fc 7c08040408 4854545420 043f444020 3c4040207c 1c2040201c 3c4030403c', // p to w
  '4428102844 4c9090907c 4464544c44 0008364100 00007f0000 0041360800 0804081008', // x y z { | } ~
]
  .join(' ')
  .split(' ');

/** Pixels from one letter to the next, and the height of one. */
export const ADVANCE = 6;
export const LETTER_HEIGHT = 8;

const COLUMNS = 5;
const UNKNOWN = '?'.charCodeAt(0) - FIRST;

/**
 * The pixels of a text, from its top left corner. Letters with marks lose them; others become question marks.
 */
export function* pixelsOf(text: string): Generator<readonly [x: number, y: number]> {
  for (const [place, letter] of [...plain(text)].entries()) {
    const glyph = GLYPHS[letter.charCodeAt(0) - FIRST] ?? GLYPHS[UNKNOWN]!;
    for (let column = 0; column < COLUMNS; column++) {
      const bits = Number.parseInt(glyph.slice(2 * column, 2 * column + 2), 16);
      for (let y = 0; y < LETTER_HEIGHT; y++) if (bits & (1 << y)) yield [place * ADVANCE + column, y];
    }
  }
}

/** Pixels that a text is wide. */
export const widthOf = (text: string): number => Math.max(0, [...plain(text)].length * ADVANCE - 1);

/** Without accents and the like, which are marks of their own when they are taken apart. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
