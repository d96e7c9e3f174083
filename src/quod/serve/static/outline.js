// The proof as a tree to draw: every step has one home, and every other use of it refers there.

const DEEPEST = 40; // what stands deeper is drawn as a part of its own: browsers cannot lay out endless nesting

/**
 * A node: the step drawn (`at`), why it stands there (`role`), its parent and children, its home if that is elsewhere.
 * `tucked` is what stands in a closure: it finds its home last, so that nothing of the argument itself hides in one.
 * `later` is what stands in a part that continues another.
 */
function nodeOf(at, parent, role = {}) {
  const tucked = Boolean(role.tucked || parent?.tucked);
  const later = Boolean(role.continued || parent?.later);
  return { at, parent, role, tucked, later, children: [], home: null, depth: parent ? parent.depth + 1 : 0 };
}

/** The roots, one or more per goal, and a Map from step to the node that is its home. */
export function outline(proof) {
  const homes = new Map();
  const closures = [];
  const last = proof.steps.length - 1;
  const roots = proof.premises[last].map((at, i) => rootsOf(proof, at, i)).flat();
  const waiting = [...roots].reverse();
  for (;;) {
    const node = waiting.pop() ?? closures.shift();
    if (!node) return { roots, homes };
    if (homes.has(node.at) && homes.get(node.at) !== node) {
      node.home = homes.get(node.at);
      continue;
    }
    if (node.depth > DEEPEST && proof.premises[node.at].length > 1) {
      node.home = nodeOf(node.at, null, { ...node.role, guard: false, continued: true, tucked: node.tucked });
      homes.set(node.at, node.home);
      roots.push(node.home);
      closures.unshift(node.home);
      continue;
    }
    const first = !homes.has(node.at);
    homes.set(node.at, node);
    if (first && node.tucked) {
      closures.push(node);
      continue;
    }
    node.children = childrenOf(proof, node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]);
  }
}

/** What shows one goal. That nothing says otherwise is set beside the argument, not above it. */
function rootsOf({ steps, premises, shown, goal }, at, i) {
  const role = { goal: i };
  if (steps[at].by === "uncontested") {
    const [, main, ...guards] = premises[at];
    const found = [nodeOf(main, null, { ...role, tucked: shown[main].kind === "table" && steps[main].by === "tables" })];
    if (guards.length) found.push(...guards.map((each) => nodeOf(each, null, { ...role, guard: true, tucked: true })));
    return found;
  }
  const tucked = steps[at].by === "tables";
  return [nodeOf(at, null, { ...role, tucked, about: goal.goals[i]?.atom })];
}

const CHILDREN = new Map(Object.entries({
  apply: forApply,
  reveal: ({ premises }, node) => premises[node.at].map((at) => nodeOf(at, node)),
  contested: ({ premises }, node) => premises[node.at].map((at) => nodeOf(at, node)),
  each: ({ premises }, node) => premises[node.at].slice(1).map((at) => nodeOf(at, node)),
  uncontested: ({ premises, steps }, node) =>
    premises[node.at].slice(1).map((at, i) => nodeOf(at, node, { guard: i > 0, tucked: steps[at].by === "tables" })),
  exact: ({ premises }, node) => {
    const [table, ...answers] = premises[node.at];
    return [...answers.map((at) => nodeOf(at, node)), nodeOf(table, node, { tucked: true, complete: true })];
  },
  tables: ({ premises, shown }, node) =>
    premises[node.at]
      .filter((at) => shown[at].kind === "holds" || shown[at].kind === "table")
      .map((at) => nodeOf(at, node, { tucked: shown[at].kind === "table", used: true })),
}));

function childrenOf(proof, node) {
  const make = CHILDREN.get(proof.steps[node.at].by);
  return make ? make(proof, node) : [];
}

function forApply({ steps, premises, shown }, node) {
  const [by, ...rest] = premises[node.at];
  const bindings = new Map(steps[node.at].bindings);
  const children = [];
  const take = (literal) => {
    const at = rest.shift();
    if (at === undefined) return;
    const table = shown[at].kind === "table" || shown[at].kind === "rows";
    children.push(nodeOf(at, node, { literal, bindings, tucked: table }));
  };
  for (const literal of shown[by].clause.body) {
    if (literal[0] === "+" || literal[0] === "-") take(literal);
    else if (literal[0] === "a") literal[4].filter((inner) => inner[0] === "+").forEach(() => take(literal));
  }
  return children;
}

/** How many steps stand below a node, itself not counted. */
export function below(node) {
  let n = 0;
  const waiting = [...node.children];
  while (waiting.length) {
    const next = waiting.pop();
    n++;
    for (const child of next.children) waiting.push(child);
  }
  return n;
}
