package dev.nla.cli.command.train;

import dev.nla.cli.option.FolderOrRepo;
import dev.nla.cli.option.Hub;
import dev.nla.model.files.Document;
import dev.nla.remote.hub.Repo;
import dev.nla.train.config.Stage;
import dev.nla.train.config.setting.Located;
import dev.nla.train.config.setting.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Models and adapters that the settings of a run name: folders, or repositories of a hub, which are pulled and from then on called by the
 * commit that came. A run that goes on has what it was begun with, wherever the repository's main branch is by now.
 *
 * @param stage which of a model's files are wanted
 * @param hub where repositories come from
 * @param begun the settings that the run was begun with; empty where it begins
 */
record TrainedModels(Stage stage, Hub hub, Optional<Path> begun) implements Places {
    private static final String MODEL = "model";

    @Override
    public Located find(String key, Located named) {
        Optional<Repo> repo = new FolderOrRepo(named.name(), hub).repo();
        if (repo.isEmpty()) {
            return named;
        }
        Path folder = folder(key, new FolderOrRepo(asBegun(key, repo.get()).orElse(named.name()), hub));
        return new Located(repo.get().name() + "@" + folder.getFileName(), folder);
    }

    private Path folder(String key, FolderOrRepo place) {
        if (!key.equals(MODEL)) {
            return place.adapter();
        }
        return stage == Stage.LM ? place.settings() : place.model();
    }

    private Optional<String> asBegun(String key, Repo repo) {
        return begun.filter(yaml -> Files.exists(yaml) && repo.revision().equals(Repo.MAIN))
                .flatMap(yaml -> Document.yaml(yaml).text(key))
                .filter(before -> before.startsWith(repo.name() + "@"));
    }
}
