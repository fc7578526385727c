import { join } from "node:path";
import * as ts from "typescript";

/** One named part of a component: an argument or an output. */
interface Member {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly text: string;
  readonly fallback?: string;
}

const root = join(__dirname, "..");

/** The page about the components: what each makes, its arguments and its outputs, from the sources' own comments. */
export function renderComponents(): string {
  const entry = join(root, "components/index.ts");
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, strict: true };
  const program = ts.createProgram([entry], { ...options, noLib: true, types: [] });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!);
  const declared = exported.map((symbol) => checker.getAliasedSymbol(symbol).declarations![0]!);
  const interfaces = new Map(
    declared.filter(ts.isInterfaceDeclaration).map((declaration) => [declaration.name.text, declaration]),
  );
  const sections = declared
    .filter(ts.isClassDeclaration)
    .map((declaration) => section(declaration, interfaces.get(`${declaration.name!.text}Args`)));
  return `# Components\n\nGenerated from the sources by \`npm run docs\`. All of them are in \`components/\`; an argument that AWS would refuse is
refused in the preview, every problem at once.\n\n${sections.join("\n")}`;
}

function section(component: ts.ClassDeclaration, args: ts.InterfaceDeclaration | undefined): string {
  const outputs = component.members
    .filter(ts.isPropertyDeclaration)
    .filter((member) => !member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));
  const parts = [
    `## ${component.name!.text}\n`,
    `${describe(component).text}\n`,
    ...seeAlso(component).map((url) => `AWS: <${url}>\n`),
    ...table("argument", [...(args?.members ?? [])].filter(ts.isPropertySignature).map(member)),
    ...table("output", outputs.map(member)),
  ];
  return parts.join("\n");
}

function table(kind: string, members: readonly Member[]): readonly string[] {
  if (members.length === 0) return [];
  const rows = members.map(({ name, type, isOptional, text, fallback }) => {
    const rest = isOptional && fallback !== undefined ? `${text} Default: ${fallback}.` : text;
    return `| \`${name}\`${isOptional ? "" : " *"} | ${code(type)} | ${rest.trim()} |`;
  });
  const heading = kind === "argument" ? "argument (* required)" : kind;
  return [`| ${heading} | type | |`, "| --- | --- | --- |", ...rows, ""];
}

/** In a table's cell a bar ends the cell, in code as well. */
const code = (type: string): string => `\`${type.replaceAll("|", "\\|")}\``;

function member(node: ts.PropertySignature | ts.PropertyDeclaration): Member {
  const { text, fallback } = describe(node);
  const isOptional = ts.isPropertyDeclaration(node) || node.questionToken !== undefined;
  const type = node
    .type!.getText()
    .replace(/\breadonly /g, "")
    .replace(/\s+/g, " ");
  return { name: node.name.getText(), type, isOptional, text, ...(fallback !== undefined && { fallback }) };
}

/** What a doc comment says: its text on one line, and its default. */
function describe(node: ts.Node): { readonly text: string; readonly fallback?: string } {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" ");
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === "default");
  const fallback = tag && ts.getTextOfJSDocComment(tag.comment);
  return { text: oneLine(text), ...(fallback !== undefined && { fallback: oneLine(fallback) }) };
}

function seeAlso(node: ts.Node): readonly string[] {
  return ts.getJSDocTags(node).flatMap((tag) => {
    const [url] = tag.tagName.text === "see" ? (/https:\S+/.exec(tag.getText()) ?? []) : [];
    return url === undefined ? [] : [url];
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
