import { readFileSync } from 'node:fs'
import ts from 'typescript-5'
import { readSources } from './sources.ts'

/** A button in the code: the keys of its label (`*` for what the code fills in), and whether it shares its row. */
export type ButtonSite = { path: string; line: number; keys: string[]; shared: boolean; code: string }

const makers = new Set(['button', 'link', 'guide'])

/** Every place in the dialogue that makes a button. */
export const buttonSites = (): ButtonSite[] =>
  readSources('src/dialogue/**/*.ts').flatMap(({ path }) => {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
    const found: ButtonSite[] = []
    const visit = (node: ts.Node): void => {
      const [label] = isMaker(node) ? node.arguments : []
      if (label && path !== 'src/dialogue/card-builder.ts')
        found.push({
          path,
          line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
          keys: keysIn(label, file),
          shared: sharesRow(node),
          code: label.getText(),
        })
      ts.forEachChild(node, visit)
    }
    visit(file)
    return found
  })

const isMaker = (node: ts.Node): node is ts.CallExpression => {
  if (!ts.isCallExpression(node)) return false
  const { expression } = node
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText()
  return makers.has(name)
}

/** The keys that an expression may take its text from; those that a variable holds are looked up in its file. */
const keysIn = (expression: ts.Node, file: ts.SourceFile): string[] => {
  const keys: string[] = []
  const followed = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (/^[a-zA-Z]\w*(\.[\w-]+)+$/.test(node.text)) keys.push(node.text)
    } else if (ts.isTemplateExpression(node)) {
      const pattern = node.head.text + node.templateSpans.map(({ literal }) => `*${literal.text}`).join('')
      if (/^[a-zA-Z]\w*\./.test(pattern)) keys.push(pattern)
    } else if (ts.isIdentifier(node)) {
      const held = followed.has(node.text) ? undefined : initializerOf(node.text, file)
      followed.add(node.text)
      if (held) visit(held)
    }
    ts.forEachChild(node, visit)
  }
  visit(expression)
  return [...new Set(keys)]
}

const initializerOf = (name: string, file: ts.SourceFile): ts.Expression | undefined => {
  let found: ts.Expression | undefined
  const visit = (node: ts.Node): void => {
    if (
      ts.isVariableDeclaration(node) &&
      node.name.getText() === name &&
      !ts.isArrowFunction(node.initializer ?? node)
    )
      found = node.initializer
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Whether the array around it has another button; what stands behind a condition is a list of rows. */
const sharesRow = (node: ts.Node): boolean => {
  let at: ts.Node = node
  while (at.parent && !ts.isArrayLiteralExpression(at.parent) && !ts.isArrowFunction(at.parent))
    at = at.parent
  if (at.parent === undefined || !ts.isArrayLiteralExpression(at.parent) || ts.isBinaryExpression(at))
    return false
  return at.parent.elements.length > 1
}
