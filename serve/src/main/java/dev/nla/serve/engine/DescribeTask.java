package dev.nla.serve.engine;

import dev.nla.model.generation.Completion;
import dev.nla.model.verbalizer.Explanation;
import dev.nla.serve.api.request.DescribeRequest;
import dev.nla.serve.api.response.DescribeResponse;
import dev.nla.serve.api.response.Progress;
import dev.nla.serve.engine.adapter.LoadedAdapter;
import dev.nla.serve.engine.work.Work;
import java.util.List;
import java.util.Optional;

/** A request to describe an activation. */
final class DescribeTask extends Work<DescribeTask, DescribeResponse> implements CompletionWriter.Writer {
    final DescribeRequest request;
    final LoadedAdapter adapter;
    final Found target;
    final int layer;
    private final Progress progress;

    DescribeTask(
            Kind<DescribeTask> kind,
            DescribeRequest request,
            LoadedAdapter adapter,
            Found target,
            int layer,
            Progress progress) {
        super(kind);
        this.request = request;
        this.adapter = adapter;
        this.target = target;
        this.layer = layer;
        this.progress = progress;
    }

    /** The text that is to be read, where one is. */
    Optional<long[]> tokens() {
        return target instanceof Found.Unread unread ? Optional.of(unread.tokens()) : Optional.empty();
    }

    @Override
    public int maxNewTokens() {
        return request.sampling().maxNewTokens();
    }

    @Override
    public boolean shown() {
        return progress.texts();
    }

    @Override
    public boolean grown(int sample, Completion soFar) {
        if (shown()) {
            String text = adapter.verbalizer().format().read(soFar).text();
            progress.written(sample, ShownText.shown(text, List.of(Explanation.OPENING, Explanation.CLOSING)));
        }
        return false;
    }
}
