from assistant.render.markdown import parse
from assistant.render.plain import to_plain


def test_plain_text_keeps_what_is_read_and_leaves_out_the_markup() -> None:
    text = """# A **b**

See [c](https://d.e) and https://f.g, $x^2$, ![h](i.png), ![](j.png).

3. one
   more
4. two
   - three

- [x] done
- [ ] open

> quoted
> twice

| a | b |
|---|---|
| 1 | 2 |

```py
if x:
    y
```

$$
z
$$

---
"""
    assert (
        to_plain(parse(text))
        == """A b

See c (https://d.e) and https://f.g, x^2, [h], [j.png].

3. one
   more
4. two
   \u2022 three

\u2611 done
\u2610 open

> quoted
> twice

a\tb
1\t2

if x:
    y

z

\u2500\u2500\u2500"""
    )


def test_the_address_of_a_link_comes_once_after_all_of_its_text() -> None:
    assert to_plain(parse("[a **b** c](https://d.e) f")) == "a b c (https://d.e) f"


def test_loose_lists_keep_their_gaps() -> None:
    assert to_plain(parse("- a\n\n- b\n\n  c")) == "\u2022 a\n\n\u2022 b\n  \n  c"
