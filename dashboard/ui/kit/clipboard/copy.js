// A button that puts a picture into the clipboard: the same file as the PNG's link gives, and told
// to the audit like it.

const REFUSED = "This browser lets no page copy pictures here: take the PNG.";

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button") ?? built(parentElement);
  const said = parentElement.querySelector("span");

  async function copied() {
    const answer = await fetch(new URL(data.href, document.baseURI));
    if (!answer.ok) throw new Error(answer.statusText);
    return new Blob([await answer.arrayBuffer()], { type: "image/png" });
  }

  button.onclick = async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": copied() })]);
      said.textContent = "Copied";
    } catch {
      said.textContent = REFUSED;
    }
  };
}

function built(parent) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy picture";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  parent.append(button, said);
  return button;
}
