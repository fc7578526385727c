/** Style of the map's page. */
export const MAP_STYLE = `
:root { color-scheme: light dark; --line: #7a8594; --bad: #c62828; --mark: #1565c0; font: 15px/1.4 system-ui, sans-serif; }
body { margin: 0; padding: 0 1.5rem 2rem; }
header { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: baseline; position: sticky; top: 0; background: Canvas; padding: .75rem 0; z-index: 2; }
h1 { font-size: 1.2rem; margin: 0; }
input[type=search] { font: inherit; width: 20rem; padding: .25rem .5rem; }
main { display: grid; grid-template-columns: minmax(0, 2fr) minmax(16rem, 1fr); gap: 2rem; align-items: start; }
section { position: relative; display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1.4fr); column-gap: 22%; }
svg { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: visible; }
path { fill: none; stroke: var(--line); stroke-width: 1.2; opacity: .55; }
path.undeclared { stroke: var(--bad); }
path.owner { stroke-dasharray: 2 4; }
path.chosen { stroke: var(--mark); stroke-width: 2.5; opacity: 1; }
ol { list-style: none; margin: 0; padding: 0; }
li button { font: inherit; display: block; width: 100%; text-align: left; margin: .2rem 0; padding: .35rem .6rem; border: 1px solid var(--line); border-radius: .3rem; background: Canvas; color: CanvasText; overflow-wrap: anywhere; cursor: pointer; }
li button.undeclared { border-color: var(--bad); }
li button[aria-pressed=true] { border-color: var(--mark); box-shadow: inset 0 0 0 1px var(--mark); }
aside { position: sticky; top: 4rem; max-height: 85vh; overflow: auto; overflow-wrap: anywhere; }
aside dl { border-top: 1px solid var(--line); margin: 0; padding: .5rem 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .3rem; }
#open:empty { display: none; }
@media (max-width: 60rem) { main { grid-template-columns: 1fr; } aside { position: static; } }
`;
