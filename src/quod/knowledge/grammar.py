"""The grammar of the logic notation, for lark's LALR parser.

Keywords look ahead, so that ``open(the_door)``, ``count(X)`` or ``absent(anne)`` stay ordinary predicates.
"""

from __future__ import annotations

LOGIC = r"""
start: item*
?item: clause | declaration | unused | question

clause: [validity] signed [":-" body] "."
validity: [SINCE DATE] [UNTIL DATE] ":"
declaration: DECLARE signature ("," signature)* "."
signature: [NEG] name "/" NUMBER
unused: UNUSED [variables ":"] [SOME variables ":"] conclusion [":-" body] "."
conclusion: literal (joiner literal)*
!joiner: OR | XOR | ","
question: "?" [quantified] choice "."
        | "?" EACH variables ":" body "->" signed "." -> each
quantified: [SOME] variables ":"
choice: body (OR body)*
variables: VARIABLE ("," VARIABLE)*

body: literal ("," literal)*
signed: [NEG] call
?literal: [ABSENT] signed       -> relational
        | expr COMPARE expr     -> comparison
        | expr "=" expr         -> equality
        | expr "=" aggregate    -> aggregated
        | builtin               -> test
aggregate: AGGREGATE expr ("," VARIABLE)* ":" inner
         | COUNT [VARIABLE ("," VARIABLE)*] ":" inner -> count
inner: body
     | "{" body "}" -> braced

?expr: product | expr PLUS product -> infix | expr MINUS product -> infix
?product: unary | product TIMES unary -> infix | product SLASH unary -> infix
?unary: term | MINUS NUMBER -> negative
?term: VARIABLE -> variable
     | TEXT -> text
     | NUMBER -> number
     | BOOLEAN -> boolean
     | DATE -> date
     | DURATION -> duration
     | call
     | builtin
     | "(" expr ")" -> grouped
call: name ["(" [expr ("," expr)*] ")"]
builtin: "#" name "(" expr ("," expr)* ")"
?name: SYMBOL | QUOTED

PLUS: "+"
MINUS: "-"
TIMES: "*"
SLASH: "/"
COMPARE: "!=" | "<=" | ">=" | "<" | ">"
DECLARE.2: /(?:open|closed)(?=\s+(?:neg\s+)?(?:[^\W\d]\w*|'(?:[^'\\\n]|\\.)*')\s*\/)/
UNUSED.2: /unused\s*:(?!-)/
SINCE.2: /since(?=\s+date\()/
UNTIL.2: /until(?=\s+date\()/
NEG.2: /neg(?=\s+(?:[^\W\d]|'))/
ABSENT.2: /absent(?=\s+(?:[^\W\d]|'))/
OR.2: /or(?=\s+(?:[^\W\d]|'))/
XOR.2: /xor(?=\s+(?:[^\W\d]|'))/
SOME.2: /some(?=\s+[A-Z_])/
EACH.2: /each(?=\s+[A-Z_])/
AGGREGATE.2: /(?:sum|min|max)(?=\s+[\w'"(\-#])/
COUNT.2: /count(?=\s*:(?!-)|\s+[A-Z_])/
BOOLEAN.2: /(?:true|false)(?!\w)(?!\s*\()/
DATE.2: /date\(\s*[0-9]+-[0-9\-]*\s*\)/
DURATION.2: /duration\(\s*-?[0-9]+\s*,\s*-?[0-9]+\s*\)/
VARIABLE: /[A-Z_]\w*/
SYMBOL: /[^\W\d_A-Z]\w*/
QUOTED: /'(?:[^'\\\n]|\\.)*'/
TEXT: /"(?:[^"\\\n]|\\.)*"/
NUMBER: /[0-9]+(?:\.[0-9]+|\/[0-9]+)?/
COMMENT: /%[^\n]*/
%ignore COMMENT
%ignore /\s+/
"""
