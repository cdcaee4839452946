//! The expanded form of a document: nodes, values and lists.

use serde_json::Value;

/// Anything that a property may hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// A thing with properties, or only its identifier.
    Node(Node),
    /// A literal.
    Value(Literal),
    /// An ordered list.
    List(Vec<Object>),
}

/// A node: every name in it is an absolute IRI or a blank node label with `_:`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Node {
    /// Its identifier.
    pub(super) id: Option<String>,
    /// Its types.
    pub(super) types: Vec<String>,
    /// Its properties, in the order of the document.
    pub(super) properties: Vec<(String, Vec<Object>)>,
    /// Properties of other nodes that point here.
    pub(super) reverse: Vec<(String, Vec<Object>)>,
    /// The graph that this node names.
    pub(super) graph: Option<Vec<Object>>,
    /// Nodes that stand beside it.
    pub(super) included: Vec<Object>,
}

/// A literal before it has become a lexical form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Literal {
    /// A string, number or boolean; for the type `@json`, any value.
    pub(super) value: Value,
    /// IRI of the datatype, or `@json`.
    pub(super) datatype: Option<String>,
    /// Language tag.
    pub(super) language: Option<String>,
}

impl Node {
    /// Whether it has an identifier at most.
    pub(super) fn says_nothing(&self) -> bool {
        let lists_nothing = self.types.is_empty() && self.included.is_empty() && self.graph.is_none();
        lists_nothing && self.properties.is_empty() && self.reverse.is_empty()
    }
}

impl Object {
    /// A graph object around what `self` says, unless it is one already.
    pub(super) fn into_graph(self) -> Self {
        Self::Node(Node { graph: Some(vec![self]), ..Node::default() })
    }
}
