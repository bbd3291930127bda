package io.jitapproval.core.document;

import io.jitapproval.core.document.Node.Place;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;

/**
 * The objects of a long list of a JSON document. Only their places are kept: each is read again, from the text, whenever it is asked
 * for, since the trees of all of them together take ten times the memory of the text. What is wrong with them has been told when
 * they were read first.
 */
final class LongList extends AbstractList<Node> {

    private final String text;
    /** Of each object: from where to where in the text, line and column. */
    private int[] spots = new int[1024];

    private int size;

    LongList(String text) {
        this.text = text;
    }

    void add(Place place, long from, long to) {
        if (4 * size == spots.length) {
            spots = Arrays.copyOf(spots, 2 * spots.length);
        }
        spots[4 * size] = Math.toIntExact(from);
        spots[4 * size + 1] = Math.toIntExact(to);
        spots[4 * size + 2] = place.line();
        spots[4 * size + 3] = place.column();
        size++;
    }

    @Override
    public Node get(int index) {
        int at = 4 * Objects.checkIndex(index, size);
        String own = text.substring(spots[at], spots[at + 1]);
        return TreeReader.reread(own, new Place(spots[at + 2], spots[at + 3]));
    }

    @Override
    public int size() {
        return size;
    }
}
