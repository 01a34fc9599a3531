package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Window;
import io.smspipeline.provider.smpp.session.AsyncSession;

/** A session that is bound, and its window. A new session begins with an empty one. */
record Live(AsyncSession session, Window window) {}
