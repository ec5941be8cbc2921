# Texts travel from Java as the bytes of UTF-8, one number each.


def read(numbers: Tensor) -> str:
    """The text whose n bytes are in numbers [n]; torch.chr makes one byte of a number."""
    text = ""
    for i in range(len(numbers)):
        text += torch.chr(int(numbers[i]))
    return text
