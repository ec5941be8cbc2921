# Nearest neighbours by cosine: a block of n queries meets a block of c candidates. Each row has a list of the m largest
# cosines it has met.
import dtypes


class Kernels(Module):
    __parameters__ = []
    __buffers__ = []
    room: Optional[Tensor]  # [at least n · c] float32: memory for the cosines of two blocks, kept from call to call

    def units(self, inputs: Dict[str, Tensor]) -> Tensor:
        """rows [n, d] less center [d], each divided by its length."""
        x = inputs["rows"] - inputs["center"]
        length = (x * x).sum([-1], True).sqrt()
        return x / length.clamp_min(1e-12)

    def meet(self, inputs: Dict[str, Tensor]) -> Tensor:
        """
        Updates the lists values [N, m] and places [N, m] of all rows in place: the queries left [n, d] are rows
        left_begin and following, the candidates right [c, d] are rows right_begin and following. Where both is set, the
        candidates get the queries on their lists too.
        """
        left = inputs["left"]
        right = inputs["right"]
        n = len(left)
        c = len(right)
        a = int(inputs["left_begin"])
        b = int(inputs["right_begin"])
        values = inputs["values"]
        places = inputs["places"]
        cosines = self.memory(n * c, left).view([n, c])
        torch.mm(left, right.transpose(0, 1), out=cosines)
        g = groups(c)
        largest = cosines.view([n, g, c // g]).amax([2])
        offer(cosines, largest, b, values[a : a + n], places[a : a + n])
        if bool(inputs["both"]):
            g = groups(n)
            largest = cosines.view([g, n // g, c]).amax([1]).transpose(0, 1).contiguous()
            offer(cosines.transpose(0, 1), largest, a, values[b : b + c], places[b : b + c])
        return inputs["both"]

    def memory(self, size: int, like: Tensor) -> Tensor:
        """The first numbers of the room, which grows where it is too small."""
        room = self.room
        if room is None or room.numel() < size:
            room = torch.empty([size], device=like.device)
            self.room = room
        return room[:size]


def groups(c: int) -> int:
    """How many groups of 16 a row's cosines are looked through in: 1 where they do not come out even."""
    return c // 16 if c % 16 == 0 else 1


def offer(cosines: Tensor, largest: Tensor, begin: int, values: Tensor, places: Tensor):
    """
    Puts on each row's list what belongs there of cosines [n, c], whose columns stand for rows begin and following.
    Mostly that is little, so only groups are looked at whose largest [n, groups] is above the smallest of the list, as
    many as the neediest row has.
    """
    n, c = cosines.shape
    m = values.shape[1]
    count = largest.shape[1]
    wanted = int((largest > values[:, m - 1 : m]).sum([1]).amax())
    if wanted > 0:
        if count > m:
            size = c // count
            wanted = min(wanted, m)
            at = torch.topk(largest, wanted, -1, True, False)[1]
            columns = (at.unsqueeze(-1) * size + torch.arange(size, device=cosines.device)).view([n, wanted * size])
            found = cosines.gather(1, columns)
        else:
            columns = torch.arange(c, device=cosines.device).expand([n, -1])
            found = cosines
        best, order = torch.topk(torch.cat([values, found], 1), m)
        values.copy_(best)
        places.copy_(torch.cat([places, (columns + begin).to(dtypes.int32())], 1).gather(1, order))
