// Checks the page's scripts with the compiler of TypeScript: syntax, names that nobody defines or uses, properties of the
// browser and of uPlot that do not exist, wrong arguments, what is never reached. Their own common object is checked apart,
// because the compiler takes any of its properties for granted.
'use strict';
function check(names) {
  const texts = new Map();
  function text(name) {
    if (!texts.has(name)) {
      const request = new XMLHttpRequest();
      request.open('GET', name, false);
      request.send();
      texts.set(name, request.status === 200 ? request.responseText : undefined);
    }
    return texts.get(name);
  }

  const host = {
    getSourceFile: (name, target) => text(name) === undefined ? undefined : ts.createSourceFile(name, text(name), target, true),
    getDefaultLibFileName: () => '/lib.d.ts',
    getDefaultLibLocation: () => '/',
    writeFile: () => { throw new Error('nothing is to be written'); },
    getCurrentDirectory: () => '/',
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    // Nothing is looked for but by its own name.
    fileExists: () => false,
    readFile: text
  };
  const program = ts.createProgram(['/uPlot.d.ts', ...names], {
    allowJs: true, checkJs: true, noEmit: true, types: [],
    target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noUnusedLocals: true, noUnusedParameters: true, noImplicitReturns: true, noFallthroughCasesInSwitch: true,
    allowUnreachableCode: false, allowUnusedLabels: false
  }, host);

  const complaints = [];
  function complain(file, position, message) {
    const line = file === undefined ? '' : `${file.fileName.slice(1)}:${file.getLineAndCharacterOfPosition(position).line + 1}: `;
    complaints.push(line + message);
  }
  ts.getPreEmitDiagnostics(program).forEach(({ file, start, messageText }) =>
    complain(file, start, ts.flattenDiagnosticMessageText(messageText, ' ')));

  const defined = new Set();
  const used = [];
  function visit(file, node) {
    const ofCommon = ts.isPropertyAccessExpression(node) && node.expression.getText(file) === 'tramontane';
    if (ofCommon && ts.isBinaryExpression(node.parent) && node.parent.left === node) {
      defined.add(node.name.text);
    } else if (ofCommon) {
      used.push({ file, node: node.name });
    } else if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer?.getText(file) === 'tramontane') {
      node.name.elements.forEach(element => used.push({ file, node: element.name }));
    }
    ts.forEachChild(node, child => visit(file, child));
  }
  names.map(name => program.getSourceFile(name)).forEach(file => visit(file, file));
  used.filter(({ node }) => !defined.has(node.text))
    .forEach(({ file, node }) => complain(file, node.getStart(file), `tramontane.${node.text} is not defined`));
  const read = new Set(used.map(({ node }) => node.text));
  [...defined].filter(name => !read.has(name)).forEach(name => complain(undefined, 0, `tramontane.${name} is not used`));
  return complaints;
}
