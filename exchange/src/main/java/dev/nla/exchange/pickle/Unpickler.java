package dev.nla.exchange.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pickle machine that builds plain values and tensors and can do nothing else: a name that is not in {@link Global} is refused when it
 * is looked up, and there are no instructions for objects. Dicts become maps, lists and tuples lists, whole numbers {@link Long},
 * other numbers {@link Double}.
 */
final class Unpickler {
    private static final Object MARK = new Object();

    private final PickleBytes in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private Unpickler(byte[] pickle) {
        in = new PickleBytes(pickle);
    }

    /** The value a pickle holds; a {@link BadPickle} where it is broken or wants anything but plain values and tensors. */
    static Object read(byte[] pickle) {
        return new Unpickler(pickle).run();
    }

    private Object run() {
        while (true) {
            int at = in.position();
            int code = in.u1();
            if (code == '.') {
                return plain(pop());
            }
            if (!literal(code) && !container(code) && !memory(code) && !lookUp(code)) {
                throw new BadPickle(String.format(
                        "instruction 0x%02x at byte %d makes neither a tensor nor plain data: nothing of it was run;"
                                + " save only tensors, dicts, lists, tuples, strings, numbers, bools and None",
                        code, at));
            }
        }
    }

    private boolean literal(int code) {
        switch (code) {
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'J' -> stack.add((long) in.i4());
            case 'K' -> stack.add((long) in.u1());
            case 'M' -> stack.add((long) in.u2());
            case 0x8a -> stack.add(in.integer(in.u1()));
            case 'G' -> stack.add(in.f8());
            case 'X' -> stack.add(in.text(in.i4() & 0xffffffffL));
            case 0x8c -> stack.add(in.text(in.u1()));
            case 0x8d -> stack.add(in.text(in.i8()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int code) {
        switch (code) {
            case '(' -> stack.add(MARK);
            case ')' -> stack.add(List.of());
            case ']' -> stack.add(new ArrayList<>());
            case '}' -> stack.add(new LinkedHashMap<>());
            case 't' -> stack.add(popToMark());
            case 0x85 -> stack.add(popLast(1));
            case 0x86 -> stack.add(popLast(2));
            case 0x87 -> stack.add(popLast(3));
            case 'a' -> append(popLast(1));
            case 'e' -> append(popToMark());
            case 's' -> put(popLast(2));
            case 'u' -> put(popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int code) {
        switch (code) {
            case 0x80 -> protocol(in.u1());
            case 0x95 -> in.i8();
            case 'q' -> memo.put(in.u1(), top());
            case 'r' -> memo.put(in.i4(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> stack.add(remembered(in.u1()));
            case 'j' -> stack.add(remembered(in.i4()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean lookUp(int code) {
        switch (code) {
            case 'c' -> stack.add(global(in.line(), in.line()));
            case 0x93 -> {
                List<Object> names = popLast(2);
                if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
                    throw broken();
                }
                stack.add(global(module, name));
            }
            case 'Q' -> stack.add(Storage.of(pop()));
            case 'R' -> {
                List<Object> call = popLast(2);
                stack.add(build(call.get(0), call.get(1)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Global global(String module, String name) {
        return Global.named(module, name)
                .orElseThrow(() -> new BadPickle("it asks for " + module + "." + name
                        + ", which is neither a tensor nor plain data: nothing of it was run;"
                        + " save only tensors, dicts, lists, tuples, strings, numbers, bools and None"));
    }

    private static Object build(Object what, Object arguments) {
        if (what instanceof Global.OrderedDict && List.of().equals(arguments)) {
            return new LinkedHashMap<>();
        }
        if (what instanceof Global.RebuildTensor && arguments instanceof List<?> list) {
            return Storage.tensor(list);
        }
        throw new BadPickle("it calls something that is no function: nothing of it was run; write the file again");
    }

    private static void protocol(int version) {
        if (version < 2 || version > 5) {
            throw new BadPickle("it is of pickle protocol " + version + "; 2, which torch uses, to 5 are read");
        }
    }

    @SuppressWarnings("unchecked")
    private void append(List<Object> values) {
        if (!(top() instanceof ArrayList<?> list)) {
            throw broken();
        }
        values.forEach(value -> ((List<Object>) list).add(plain(value)));
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        if (!(top() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
            throw broken();
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (!(key instanceof String || key instanceof Long)) {
                throw new BadPickle("a dict has a key that is neither a string nor a whole number");
            }
            ((Map<Object, Object>) map).put(key, plain(pairs.get(i + 1)));
        }
    }

    /** Names and storages are there to make tensors of; as values they are nothing. */
    private static Object plain(Object value) {
        if (value instanceof Global || value instanceof Storage || value == MARK) {
            throw new BadPickle("it holds a name or a storage where a value was expected; save tensors instead");
        }
        return value;
    }

    private Object remembered(int index) {
        if (!memo.containsKey(index)) {
            throw broken();
        }
        return memo.get(index);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw broken();
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        return popLast(1).get(0);
    }

    private List<Object> popLast(int count) {
        if (stack.size() < count) {
            throw broken();
        }
        return take(stack.size() - count, stack.size() - count);
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw broken();
        }
        return take(mark + 1, mark);
    }

    private List<Object> take(int first, int keep) {
        List<Object> taken = new ArrayList<>(stack.subList(first, stack.size()));
        stack.subList(keep, stack.size()).clear();
        return taken;
    }

    private static BadPickle broken() {
        return new BadPickle("its instructions do not fit together; write the file again");
    }
}
