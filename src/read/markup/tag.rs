//! The elements of HTML that reading tells apart, and what is known of each.

/// An element's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    A,
    Address,
    Article,
    Aside,
    Audio,
    Base,
    Blockquote,
    Body,
    Br,
    Button,
    Canvas,
    Caption,
    Cite,
    Dd,
    Details,
    Dialog,
    Div,
    Dl,
    Dt,
    Fieldset,
    Figcaption,
    Figure,
    Footer,
    Form,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Hr,
    Html,
    Iframe,
    Img,
    Input,
    Label,
    Li,
    Link,
    Main,
    Math,
    Menu,
    Meta,
    Nav,
    Noscript,
    Object,
    Ol,
    Option,
    P,
    Picture,
    Pre,
    Q,
    Script,
    Section,
    Select,
    Style,
    Summary,
    Sup,
    Svg,
    Table,
    Tbody,
    Td,
    Template,
    Textarea,
    Tfoot,
    Th,
    Thead,
    Time,
    Title,
    Tr,
    Ul,
    Video,
    /// Elements without an end: `area`, `col`, `embed`, `source`, `track`, `wbr`, `param`.
    Void,
    /// Blocks that need no telling apart: `center`, `hgroup`, `search`, `dir`, `listing`.
    Block,
    /// What is shown in the line: `span`, `b`, `i`, and all that is unknown.
    Inline,
}

impl Tag {
    /// The tag of a name in lower case.
    #[allow(clippy::too_many_lines)]
    fn of_lower(name: &[u8]) -> Tag {
        match name {
            b"a" => Tag::A,
            b"div" => Tag::Div,
            b"p" => Tag::P,
            b"li" => Tag::Li,
            b"script" => Tag::Script,
            b"img" | b"image" => Tag::Img,
            b"meta" => Tag::Meta,
            b"link" => Tag::Link,
            b"ul" => Tag::Ul,
            b"address" => Tag::Address,
            b"article" => Tag::Article,
            b"aside" => Tag::Aside,
            b"audio" => Tag::Audio,
            b"base" => Tag::Base,
            b"blockquote" => Tag::Blockquote,
            b"body" => Tag::Body,
            b"br" => Tag::Br,
            b"button" => Tag::Button,
            b"canvas" => Tag::Canvas,
            b"caption" => Tag::Caption,
            b"cite" => Tag::Cite,
            b"dd" => Tag::Dd,
            b"details" => Tag::Details,
            b"dialog" => Tag::Dialog,
            b"dl" => Tag::Dl,
            b"dt" => Tag::Dt,
            b"fieldset" => Tag::Fieldset,
            b"figcaption" => Tag::Figcaption,
            b"figure" => Tag::Figure,
            b"footer" => Tag::Footer,
            b"form" => Tag::Form,
            b"h1" => Tag::H1,
            b"h2" => Tag::H2,
            b"h3" => Tag::H3,
            b"h4" => Tag::H4,
            b"h5" => Tag::H5,
            b"h6" => Tag::H6,
            b"head" => Tag::Head,
            b"header" => Tag::Header,
            b"hr" => Tag::Hr,
            b"html" => Tag::Html,
            b"iframe" => Tag::Iframe,
            b"input" => Tag::Input,
            b"label" => Tag::Label,
            b"main" => Tag::Main,
            b"math" => Tag::Math,
            b"menu" => Tag::Menu,
            b"nav" => Tag::Nav,
            b"noscript" => Tag::Noscript,
            b"object" => Tag::Object,
            b"ol" => Tag::Ol,
            b"option" | b"optgroup" => Tag::Option,
            b"picture" => Tag::Picture,
            b"pre" => Tag::Pre,
            b"q" => Tag::Q,
            b"section" => Tag::Section,
            b"select" => Tag::Select,
            b"style" => Tag::Style,
            b"summary" => Tag::Summary,
            b"sup" => Tag::Sup,
            b"svg" => Tag::Svg,
            b"table" => Tag::Table,
            b"tbody" => Tag::Tbody,
            b"td" => Tag::Td,
            b"template" => Tag::Template,
            b"textarea" => Tag::Textarea,
            b"tfoot" => Tag::Tfoot,
            b"th" => Tag::Th,
            b"thead" => Tag::Thead,
            b"time" => Tag::Time,
            b"title" => Tag::Title,
            b"tr" => Tag::Tr,
            b"video" => Tag::Video,
            b"area" | b"col" | b"embed" | b"source" | b"track" | b"wbr" | b"param" => Tag::Void,
            b"center" | b"hgroup" | b"search" | b"dir" | b"listing" => Tag::Block,
            _ => Tag::Inline,
        }
    }

    /// The tag of a name in any case.
    pub(crate) fn of(name: &str) -> Tag {
        let mut lower = [0; 10];
        let Some(lower) = lower.get_mut(..name.len()) else { return Tag::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        Tag::of_lower(lower)
    }

    /// Whether the element never has contents.
    pub(crate) fn is_void(self) -> bool {
        use Tag::{Base, Br, Hr, Img, Input, Link, Meta, Void};
        matches!(self, Base | Br | Hr | Img | Input | Link | Meta | Void)
    }

    /// Whether what is in the element is no markup, up to its end tag.
    pub(crate) fn is_raw(self) -> bool {
        matches!(self, Tag::Script | Tag::Style | Tag::Textarea | Tag::Title | Tag::Iframe)
    }

    /// Whether the element begins a block of its own, and so ends the one before it.
    pub(crate) fn is_block(self) -> bool {
        !matches!(
            self,
            Tag::A
                | Tag::Audio
                | Tag::Br
                | Tag::Button
                | Tag::Canvas
                | Tag::Cite
                | Tag::Iframe
                | Tag::Img
                | Tag::Inline
                | Tag::Input
                | Tag::Label
                | Tag::Link
                | Tag::Math
                | Tag::Meta
                | Tag::Noscript
                | Tag::Object
                | Tag::Option
                | Tag::Picture
                | Tag::Q
                | Tag::Script
                | Tag::Select
                | Tag::Style
                | Tag::Sup
                | Tag::Svg
                | Tag::Template
                | Tag::Textarea
                | Tag::Time
                | Tag::Video
                | Tag::Void
        )
    }

    /// Whether the start of the element ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        let is_part_of_table =
            matches!(self, Tag::Caption | Tag::Tbody | Tag::Td | Tag::Tfoot | Tag::Th | Tag::Thead | Tag::Tr);
        self.is_block() && !is_part_of_table
    }

    /// Whether the element is a headline of any rank.
    pub(crate) fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// Whether what is in the element is never shown as text, or has to do with the page and not with what is written.
    pub(crate) fn is_no_text(self) -> bool {
        matches!(
            self,
            Tag::Audio
                | Tag::Button
                | Tag::Canvas
                | Tag::Dialog
                | Tag::Head
                | Tag::Iframe
                | Tag::Input
                | Tag::Math
                | Tag::Noscript
                | Tag::Object
                | Tag::Option
                | Tag::Script
                | Tag::Select
                | Tag::Style
                | Tag::Svg
                | Tag::Template
                | Tag::Textarea
                | Tag::Title
                | Tag::Video
        )
    }
}
