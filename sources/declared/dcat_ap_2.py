"""The official shapes of DCAT-AP 2.1.1, which the second catalogue is held against."""

from sources.shacl_shapes import shapes_source

DCAT_AP_2 = shapes_source(
    "dcat_ap_2",
    "DCAT-AP 2.1.1",
    "2.1.1/dcat-ap_2.1.1_shacl_shapes.ttl",
    'owl:versionInfo "2.1.1"',
)
