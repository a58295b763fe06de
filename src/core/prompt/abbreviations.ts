/** Abbreviations whose full stop does not end a sentence, as alternatives of a regular expression. */

/** Never end a sentence: something always follows. */
export const neverFinal = String.raw`e\.g|i\.e|cf|viz|vs|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Mt|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|Messrs|Fig|Figs|Eq|Eqs|Ref|Refs|approx|resp|incl|excl|U\.S|U\.K|U\.N|E\.U`;

/** Abbreviations before a number ("No. 5"), words otherwise ("Yes or No."). */
export const beforeNumber = String.raw`No|Nos|Nr|no|nr|p|pp|vol|Vol|ch|Ch|Chap|sec|Sec|art|Art|Tab|tab|fig|eq|max|min|avg|ca|ver|v|op|Op|App|par`;

/** May end a sentence: they do where a capital letter follows. */
export const sometimesFinal = String.raw`etc|et al|al|a\.m|p\.m|A\.M|P\.M|Inc|Ltd|Co|Corp|Jr|Sr|Ph\.D|M\.D|B\.C|A\.D|dept|Dept|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec`;

/** Words before a lone letter that make it a choice ("Option B."), not someone's initial ("John F. Kennedy"). */
export const choiceWords = String.raw`Option|Choice|Answer|Label|Class|Type|Step|Part|Group|Section|Letter|Category|Case|Grade|Item|Choose|Pick|Select|Say|Write|Print|Output|Return|Reply`;

/** Words that open a sentence so often that the letter before them was not an initial. */
export const openers = String.raw`The|Then|This|That|These|If|Otherwise|When|After|Before|Next|Finally|First|For|In|It|You|Your|We|Do|Never|Always|Only|Not|No|Yes|And|But|Or|So|Explain|Give|Answer|Use|Think|Return|Reply|Output|Choose|Write|Check|Read|Count|State`;
