from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from voicebot.web.layered import GAP_X, Size, placed

BOX = Size(100, 40)


@st.composite
def graphs(draw):
    count = draw(st.integers(1, 9))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    edges = draw(st.lists(ends.filter(lambda edge: edge[0] != edge[1]), max_size=16))
    sizes = draw(
        st.lists(
            st.sampled_from([BOX, Size(20, 20), Size(180, 90)]), min_size=count, max_size=count
        )
    )
    return dict(enumerate(sizes)), edges


@given(graphs())
def test_no_two_boxes_touch_and_all_are_inside(graph):
    sizes, edges = graph
    found = placed(sizes, edges)

    for box, (x, y) in found.centres.items():
        assert x - sizes[box].width / 2 >= -0.01
        assert x + sizes[box].width / 2 <= found.width + 0.01
        assert y + sizes[box].height / 2 <= found.height + 0.01
        for other, (x2, y2) in found.centres.items():
            if other > box:
                beside = abs(x - x2) >= (sizes[box].width + sizes[other].width) / 2 + GAP_X - 0.01
                below = abs(y - y2) >= (sizes[box].height + sizes[other].height) / 2
                assert beside or below


@given(graphs())
def test_each_line_goes_one_way_from_box_to_box(graph):
    sizes, edges = graph
    found = placed(sizes, edges)

    for (source, target), way in zip(edges, found.ways, strict=True):
        assert way[0][0] == found.centres[source][0]
        assert way[-1][0] == found.centres[target][0]
        steps = [b[1] - a[1] for a, b in pairwise(way)]
        assert all(step > 0 for step in steps) or all(step < 0 for step in steps)


def test_what_follows_is_below_and_straight():
    found = placed({"a": BOX, "b": BOX, "c": BOX}, [("a", "b"), ("b", "c")])

    (ax, ay), (bx, by), (cx, cy) = (found.centres[box] for box in "abc")
    assert ax == bx == cx
    assert ay < by < cy


def test_a_way_back_is_drawn_upwards():
    found = placed({"a": BOX, "b": BOX}, [("a", "b"), ("b", "a")])

    assert found.ways[1][0][1] > found.ways[1][-1][1]


def test_branches_stand_side_by_side_without_crossing():
    edges = [("a", "c"), ("a", "b"), ("b", "d"), ("c", "e")]
    found = placed(dict.fromkeys("abcde", BOX), edges)
    x = {box: at[0] for box, at in found.centres.items()}

    assert (x["b"] < x["c"]) == (x["d"] < x["e"])
