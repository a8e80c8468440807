"""Media: public copies of pictures, PDF and films, made from pixels and sound alone; and pictures that look alike.

Promises: a copy holds nothing of the original but what can be seen and heard in it, checked afterwards part by part; hostile files are opened in
a process of their own with little memory and time; what cannot be copied is refused with the reason. Pure: bytes in, bytes out.
What it cannot do: take out what is in the picture itself (a face, a street, a watermark, the noise of a sensor). A person covers what must go.
"""

from temoin.media.copying import Made as Made
from temoin.media.copying import copy as copy
from temoin.media.cover import Cover as Cover
