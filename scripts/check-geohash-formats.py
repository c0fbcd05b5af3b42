"""The checks of scripts/check-geohash-formats: python3 check-geohash-formats.py COMMAND [PICTURES]"""

import importlib
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

CELLS = [
    "encode -33.86 151.2 -p 5", "decode 9q8yyk", "decode 7zzzzzzzzzzz", "neighbors ruy", "neighbors bpbpb",
    "children u33", "parent u33db", "inspect 37.7749 -122.4194", "inspect 0 180", "inspect 89.9 12 -p 5",
    "inspect -17.8 178.2 -p 3", "inspect -90 0 -p 12", "cover 52.52 13.405 --radius 12km --explain",
    "cover 89.99 0 --radius 20km -p 3", "cover --bbox 177,-20,-178,-15 -p 3", "cover --bbox 177,-20,-178,-15 --cells 20",
    "cover --bbox -180,-90,180,90 -p 2",
]
OTHERS = ["distance 9q8yyk 52.52,13.405", "distance u33 u33 --exact", "table --latitude -52", "validate 9q8yyk"]
PICTURES = {
    "city": "inspect 37.7749 -122.4194 -p 5", "antimeridian": "inspect 0 180 -p 3", "pole": "inspect 89.9 12 -p 5",
    "fiji": "inspect -17.8 178.2 -p 3", "cover": "cover 52.52 13.405 --radius 12km -p 6 --explain",
}


def optional(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"NOT CHECKED with {name}: it is not installed")
        return None


def run(command, line, form):
    answer = subprocess.run(
        [command, "geohash", *line.split(), "--format", form], capture_output=True, check=True)
    assert not answer.stderr, answer.stderr
    return answer.stdout.decode("utf-8")


def one_line(text):
    assert text.endswith("\n") and text.count("\n") == 1
    return json.loads(text, parse_constant=lambda name: sys.exit(f"{name} is no JSON"))


def polygons(document):
    features = document["features"] if document["type"] == "FeatureCollection" else [document]
    return [feature["geometry"] for feature in features if feature["geometry"]["type"] == "Polygon"]


def check_cells(command, line, geojson, shapely):
    one_line(run(command, line, "json"))
    text = run(command, line, "geojson")
    document = one_line(text)
    well_known = run(command, line, "wkt")
    picture = xml.fromstring(run(command, line, "svg"))
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(picture.get("viewBox").split()) == 4
    if geojson:
        parsed = geojson.loads(text)
        assert parsed.is_valid, parsed.errors()
    if shapely:
        import shapely.geometry
        import shapely.wkt
        shapes = [shapely.geometry.shape(geometry) for geometry in polygons(document)]
        assert all(shape.is_valid and shape.exterior.is_ccw for shape in shapes)
        area = shapely.wkt.loads(well_known)
        assert area.is_valid, line
        if not line.startswith("inspect"):
            total = sum(shape.area for shape in shapes)
            assert abs(area.area - total) <= 1e-9 * max(total, 1e-300), line


def render(command, cairosvg, directory):
    for name, line in PICTURES.items():
        image = cairosvg.svg2png(bytestring=run(command, line, "svg").encode())
        assert image.startswith(b"\x89PNG") and len(image) > 5_000, name
        if directory:
            pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
            pathlib.Path(directory, f"{name}.png").write_bytes(image)


def main():
    command, directory = sys.argv[1], (sys.argv[2:] or [""])[0]
    geojson, shapely, cairosvg = optional("geojson"), optional("shapely"), optional("cairosvg")
    for line in CELLS:
        check_cells(command, line, geojson, shapely)
    for line in OTHERS:
        one_line(run(command, line, "json"))
    if cairosvg:
        render(command, cairosvg, directory)
    print(f"{len(CELLS)} answers in json, geojson, svg and wkt, {len(OTHERS)} in json: good")


if __name__ == "__main__":
    main()
