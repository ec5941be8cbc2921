package dev.nla.data.neighbors;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.nla.model.torch.TorchRuntime;
import dev.nla.model.workers.PartWork;
import java.util.Optional;

/**
 * Finds the nearest rows of some rows of a dataset.
 *
 * @param device where products are computed; elsewhere that of whoever works
 * @param k neighbours a row
 * @param center subtracted from every vector before cosines are taken, [d]; empty for raw cosines
 */
record SearchRows(SharedDataset data, Device device, int k, Optional<float[]> center)
        implements PartWork<Queries, Neighbors> {
    @Override
    public Neighbors on(Queries queries) {
        return data.use(dataset -> {
            int[] candidates = queries.candidates(dataset);
            try (NDManager manager = TorchRuntime.newManager(device)) {
                return new NeighborSearch(manager).nearest(dataset, queries.of(candidates), candidates, k, center);
            }
        });
    }
}
