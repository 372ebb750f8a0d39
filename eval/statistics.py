"""The statistics of all tables; they live in the library, because the page shows intervals, too."""

from samovar.statistics import CHUNK as CHUNK
from samovar.statistics import DRAWS as DRAWS
from samovar.statistics import LEVEL as LEVEL
from samovar.statistics import Comparison as Comparison
from samovar.statistics import Interval as Interval
from samovar.statistics import Metric as Metric
from samovar.statistics import Numbers as Numbers
from samovar.statistics import compare as compare
from samovar.statistics import compare_metric as compare_metric
from samovar.statistics import mean as mean
from samovar.statistics import metric as metric
