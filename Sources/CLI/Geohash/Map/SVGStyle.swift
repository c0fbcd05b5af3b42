/// The colours of maps, for light and dark surroundings. Renderers that know no media queries take the light ones.
enum SVGStyle {
    static let text = """
        <style>
        text{font-family:ui-sans-serif,system-ui,"DejaVu Sans",Helvetica,Arial,sans-serif;fill:#1b1f24}
        .page{fill:#fff}.sea{fill:#dbe9f3}.land{fill:#eae3cf;stroke:#eae3cf;stroke-width:.5}
        .cell{fill:#0b57d0;fill-opacity:.07;stroke:#0b57d0;stroke-opacity:.7}
        .main{fill:#0b57d0;fill-opacity:.22;stroke:#0b57d0;stroke-width:2.5}
        .region{fill:none;stroke:#b3261e;stroke-width:1.5;stroke-dasharray:5 3}
        .point{fill:#b3261e;stroke:#fff;stroke-width:1.5}.frame{fill:none;stroke:#57606a}
        .tick,.bar{fill:none;stroke:#57606a}.small{font-size:12px}.soft{fill:#57606a}.name{text-anchor:middle}
        @media (prefers-color-scheme:dark){
        text{fill:#e6edf3}.page{fill:#0d1117}.sea{fill:#14222f}.land{fill:#333a42;stroke:#333a42}
        .cell{fill:#6cb6ff;stroke:#6cb6ff}.main{fill:#6cb6ff;stroke:#6cb6ff}.region{stroke:#ff8d85}
        .point{fill:#ff8d85;stroke:#0d1117}.frame,.tick,.bar{stroke:#9aa4af}.soft{fill:#9aa4af}
        }
        </style>

        """
}
