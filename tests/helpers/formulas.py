"""Formulas of the kinds that language models write."""

FORMULAS = r"""
\frac{a}{b}
\dfrac{-b \pm \sqrt{b^2-4ac}}{2a}
x^{2}+y_{1}^{2}
\sum_{i=1}^{n} i = \frac{n(n+1)}{2}
\int_{0}^{\infty} e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}
\lim_{x \to 0} \frac{\sin x}{x} = 1
f(x) = \begin{cases} x^2 & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}
\begin{pmatrix} a & b \\ c & d \end{pmatrix}
\begin{bmatrix} 1 & 0 & \cdots \\ 0 & \ddots & \vdots \end{bmatrix}
\begin{vmatrix} a & b \\ c & d \end{vmatrix}
\begin{align} a &= b + c \\ d &= e \end{align}
\begin{align*} a &= b + c \\ &= d \end{align*}
\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}
\begin{equation} E = mc^2 \end{equation}
\begin{gather} a = b \\ c = d \end{gather}
\begin{gathered} a = b \\ c = d \end{gathered}
\begin{split} a &= b \\ &= c \end{split}
\begin{array}{c|c} a & b \\ \hline c & d \end{array}
\begin{array}{rcl} a & = & b \end{array}
\left( \frac{a}{b} \right)
\left[ \frac{1}{x} \right]_{0}^{1}
\left\{ x \in \mathbb{R} \mid x > 0 \right\}
\left. \frac{dy}{dx} \right|_{x=0}
\left\| v \right\|
\|x\|_2
|x|
\lvert x \rvert \lVert y \rVert
\boxed{x = 42}
\boxed{\text{Answer: } 5}
\operatorname{argmax}_{\theta} f(\theta)
\operatorname*{arg\,max}_{x} f(x)
\mathbb{R}^n \to \mathbb{C}
\mathcal{L}(\theta) = -\sum \log p
\mathbf{A}\mathbf{x} = \mathbf{b}
\mathrm{d}x
\mathfrak{g} \mathscr{L} \mathsf{T} \mathtt{x}
\boldsymbol{\beta} \bm{x} \pmb{y}
\hat{y} \bar{x} \vec{v} \dot{x} \ddot{x} \tilde{n}
\widehat{abc} \overline{AB} \underline{x} \widetilde{xyz}
\overrightarrow{AB}
\underbrace{a + b}_{\text{sum}} \overbrace{c}^{n}
\binom{n}{k} = \frac{n!}{k!(n-k)!}
\dbinom{n}{k} \tbinom{a}{b}
\sqrt[3]{x} \sqrt{2}
\text{H}_2\text{O} + \text{CO}_2 \rightarrow \text{H}_2\text{CO}_3
\ce{H2O}
\ce{2H2 + O2 -> 2H2O}
\mathrm{CH_3COOH} \rightleftharpoons \mathrm{H^+}
5\,\text{kg} \cdot 9.8\,\mathrm{m/s^2}
\forall \epsilon > 0 \exists \delta > 0
A \cup B \cap C \subseteq D \setminus E \emptyset \varnothing
\nabla \times \vec{E} = -\frac{\partial \vec{B}}{\partial t}
\oint_C \vec{F} \cdot d\vec{r}
\iint_D f \, dA \iiint_V g\,dV
P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}
x \equiv 1 \pmod{5}
a \bmod b
\gcd(a,b) \ln x \log_2 n \sin\theta \arctan x
\Rightarrow \iff \implies \therefore \because
\xrightarrow{\text{heat}}
\stackrel{?}{=} \overset{!}{=} \underset{x}{\min}
\cancel{x} + \bcancel{y} + \xcancel{z}
\color{red}{x} + y
\textcolor{blue}{x^2}
\tag{1} E = mc^2
E = mc^2 \tag{1}
a \quad b \qquad c \; d \: e \! f \  g
100\%
\$5.00
\textbf{bold} \textit{it} \texttt{code}
\displaystyle \sum_{i} x
\tfrac12 \frac12 \frac 1 2
x' x'' f^{\prime}
\prod_{k=1}^n k \coprod
\langle x, y \rangle
\lfloor x \rfloor \lceil y \rceil
\big( \Big( \bigg( \Bigg( x \Bigg)
\bigl( x \bigr) \Bigl[ y \Bigr]
\begin{cases} x + y = 1 \\ x - y = 3 \end{cases}
\limsup_{n\to\infty} a_n \sup_{x} \inf
\det(A) \dim V \ker T
\mathbb{E}[X] = \int x f(x) dx
\mathbbm{1}_{x>0} \mathds{1}
\infty \pm \mp \times \div \cdot \ast \star
\neq \leq \geq \approx \sim \simeq \cong \propto \ll \gg
\dots \ldots \cdots \vdots \ddots
x_{i,j}^{(k)}
90^\circ \angle ABC \triangle \parallel \perp
\sigma^2 = \frac{1}{N}\sum_{i=1}^{N}(x_i - \mu)^2
\left(\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right)
\Delta G = \Delta H - T\Delta S
\not= \notin \nsubseteq
{\rm const} {\bf x} {\it y}
a \lt b \gt c
\textstyle\sum \limits_{i=1}
\begin{matrix} a & b \end{matrix}
\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}
\begin{multline} a \\ b \end{multline}
\begin{alignat}{2} a &= b & c &= d \end{alignat}
\substack{a \\ b}
\sum_{\substack{i<n \\ j<m}} x
\dfrac{\partial^2 u}{\partial t^2} = c^2 \nabla^2 u
12{,}345.67
1,000,000
\text{speed} = \frac{\text{distance}}{\text{time}}
\mathrm{e}^{\mathrm{i}\pi} + 1 = 0
\ket{\psi} \bra{\phi} \braket{a|b}
\overset{\text{def}}{=}
\longrightarrow \Longleftrightarrow \mapsto \hookrightarrow \uparrow
\degree C
90° = \frac{π}{2} ≤ √2
\text{été café} \text{naïve}
\operatorname{Var}(X)
\nonumber a \notag \label{eq:1} b
\begin{equation*} a = b \end{equation*}
\left\lfloor \frac{n}{2} \right\rfloor
\left\langle x \right\rangle
x \mathrel{:=} y \coloneqq z
\rm{d}x
\colon f: A \to B
\text{A}_{\text{max}}
\frac{d}{dx}\left[ x^n \right] = nx^{n-1}
\begin{cases} a, & b \\[4pt] c, & d \end{cases}
\mathrm{Var}(X) \Pr(X)
\ddot{\text{a}}
\left( a \middle| b \right)
\unicode{x2713} \checkmark
\qedsymbol \blacksquare \square
\hbar \ell \Re \Im \wp \aleph
\arg\max_{x} f \arg\min
\overleftarrow{x} \overleftrightarrow{AB}
\mathit{diff} \mathnormal{x}
\lim\limits_{x\to0}
\int\limits_0^1
\large x \Large y
\leqslant \geqslant \lesssim
\dot{\vec{x}} \hat{\mathbf{n}}
\vec{\mathbf{F}} = m\vec{\mathbf{a}}
\rule{1cm}{1pt} x
\mbox{if } x
\hfill x
\textrm{ab} \textsf{cd} \textnormal{e}
\sum_{n=0}^\infty \frac{f^{(n)}(a)}{n!}(x-a)^n
\smash{x} \vphantom{y} z
\left| \frac{a}{b} \right|
\ne \le \ge \to \gets \land \lor \lnot \neg
\mathbb{N} \subset \mathbb{Z} \subset \mathbb{Q}
\sin^2\theta + \cos^2\theta = 1
\begin{Bmatrix} 1 \end{Bmatrix} \begin{Vmatrix} 1 \end{Vmatrix}
\begin{array}{|c|c|} \hline a & b \\ \hline \end{array}
\underset{n\to\infty}{\lim}
\tan^{-1}\left(\frac{y}{x}\right)
\href{https://a.b}{x}
\textcolor{red}{\text{hi}} {\color{blue} x}
\binom{n}{k_{1}} + \frac{\binom{n}{2}}{3}
\text{a $x$ b} \text{50\%} \text{a_b} \text{R\&D}
\left\{ \begin{array}{ll} a & b \\ c & d \end{array} \right.
\ce{SO4^{2-}} + \ce{NaCl(aq)} + \ce{A <=> B}
a &= b \\ &= c
\boxed{\begin{aligned} x &= 1 \\ y &= 2 \end{aligned}}
\left[\begin{array}{cc|c} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}\right]
x = a_0 + \cfrac{1}{a_1 + \cfrac{1}{a_2 + \cfrac{1}{a_3 + \cfrac{1}{a_4}}}}
\text{Attention}(Q,K,V) = \text{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V
f(x) = \frac{1}{\sigma\sqrt{2\pi}} e^{-\frac{1}{2}\left(\frac{x-\mu}{\sigma}\right)^2}
s = \sqrt{\frac{\sum_{i=1}^{n}\left(x_i-\bar{x}\right)^2}{n-1}}
\operatorname*{arg\,max}_{x} f(x)
""".strip().split("\n")
