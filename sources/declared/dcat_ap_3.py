"""The official shapes of DCAT-AP 3.0.1, which the scored catalogue is held against."""

from sources.shacl_shapes import shapes_source

DCAT_AP_3 = shapes_source(
    "dcat_ap_3",
    "DCAT-AP 3.0.1",
    "3.0.1/shacl/dcat-ap-SHACL.ttl",
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1",
)
