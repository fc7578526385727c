import { MAP_SCRIPT } from "./map-script";
import { MAP_STYLE } from "./map-style";
import { ReaderRow, standingText, whenText } from "./reader-rows";

/** One connection as the page holds it. */
interface Edge {
  readonly secret: string;
  readonly reader: string;
  readonly standing: ReaderRow["standing"];
  readonly declared: string;
  readonly regions: string;
  readonly when: string;
  readonly call: string;
}

/**
 * A page that needs nothing else: data, style and script are in it, and its content security policy lets nothing in. Names
 * come from the stacks and are only ever text in it.
 *
 * @param secrets names of all secrets, also of those that nobody reads
 * @param open what cannot be told
 */
export function mapPage(
  secrets: readonly string[],
  rows: readonly ReaderRow[],
  open: readonly string[],
): string {
  return pageWith({ secrets: [...new Set(secrets)].sort(), edges: rows.map(edgeOf), open });
}

function edgeOf(row: ReaderRow): Edge {
  return {
    secret: row.secret,
    reader: row.reader,
    standing: row.standing,
    declared: standingText(row),
    regions: row.regions.join(", "),
    when: whenText(row),
    call: row.call ?? "",
  };
}

/** The data, in which no text ends the script that holds it. */
function pageWith(content: object): string {
  const data = JSON.stringify(content).replace(/</g, "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Who can read which secret</title>
<style>${MAP_STYLE}</style>
</head>
<body>
<header>
<h1>Who can read which secret</h1>
<label>Search <input id="search" type="search" placeholder="secret, reader, condition" autofocus></label>
<label><input id="undeclared" type="checkbox"> not declared only</label>
<output id="count"></output>
</header>
<main>
<section aria-label="Map"><svg id="lines" aria-hidden="true"></svg><ol id="readers" aria-label="Readers"></ol><ol id="secrets" aria-label="Secrets"></ol></section>
<aside id="reason" aria-live="polite"><p>Choose a reader or a secret to see why it can read.</p></aside>
</main>
<ul id="open"></ul>
<script type="application/json" id="data">${data}</script>
<script>${MAP_SCRIPT}</script>
</body>
</html>
`;
}
