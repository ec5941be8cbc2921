package dev.nla.serve.engine;

import dev.nla.serve.engine.work.WorkObserver;

/** Hears what is worked on, and keeps it to itself. */
final class Unheard implements WorkObserver {
    @Override
    public void ran(String kind, int requests, double seconds) {}

    @Override
    public void wrote(int tokens) {}
}
