// The same log seen by Go's own implementation (golang.org/x/mod/sumdb: tlog and note): roots, tiles, proofs, signed notes.
//
// Started by tests/seal/test_go.py with one JSON object on standard input; answers with one. It reads the files that `temoin log write` makes,
// through Go's own tile reader, which hashes every tile up to the signed root; makes its own proofs, and checks ours.
package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Asked is what the test wants to know.
type Asked struct {
	Folder  string          // a log as plain files
	Key     string          // its verifier key
	Records [][2]int64      // (index, size) to prove
	Trees   [][2]int64      // (old size, new size) to prove
	Paths   map[string]Path // proofs of ours to check, by any name
	Sign    string          // a text for Go to sign
}

// Path is a proof of ours. Leaf is set for a record, Old for a tree.
type Path struct {
	Index, Size int64
	Old         int64
	Root        string
	Other       string // the leaf's hash, or the old root
	Hashes      []string
}

// Told is the answer. Hashes are base64.
type Told struct {
	Origin  string
	Size    int64
	Root    string     // as signed
	Counted string     // as Go computes it from the entries
	Records [][]string // Go's own proofs
	Trees   [][]string
	Checked map[string]string // name -> "" where Go accepts our proof, else why not
	Note    string            // the text signed by Go, with a key of its own
	NoteKey string
}

type files struct{ folder string }

func (f files) Height() int { return 8 }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		// Go's names hold the height, those of C2SP tlog-tiles do not: tile/8/0/x001/067 is tile/0/x001/067.
		raw, err := os.ReadFile(filepath.Join(f.folder, strings.Replace(t.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		out = append(out, raw)
	}
	return out, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	var h tlog.Hash
	raw, err := base64.StdEncoding.DecodeString(text)
	must(err)
	if len(raw) != len(h) {
		must(fmt.Errorf("a hash of %d bytes", len(raw)))
	}
	copy(h[:], raw)
	return h
}

func spelled(hashes []tlog.Hash) []string {
	out := []string{}
	for _, h := range hashes {
		out = append(out, base64.StdEncoding.EncodeToString(h[:]))
	}
	return out
}

// count hashes all entries again and returns the root and the stored hashes.
func count(folder string, size int64) tlog.Hash {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	at := int64(0)
	for at < size {
		t := tlog.Tile{H: 8, L: 0, N: at / 256, W: 256}
		if rest := size - at; rest < 256 {
			t.W = int(rest)
		}
		path := strings.Replace(t.Path(), "tile/8/0/", "tile/entries/", 1)
		raw, err := os.ReadFile(filepath.Join(folder, path))
		must(err)
		for len(raw) > 0 {
			n := int(raw[0])<<8 | int(raw[1])
			hashes, err := tlog.StoredHashes(at, raw[2:2+n], reader)
			must(err)
			stored = append(stored, hashes...)
			raw, at = raw[2+n:], at+1
		}
	}
	if at != size {
		must(fmt.Errorf("%d entries, wanted %d", at, size))
	}
	root, err := tlog.TreeHash(size, reader)
	must(err)
	return root
}

func main() {
	var asked Asked
	must(json.NewDecoder(os.Stdin).Decode(&asked))
	told := Told{Checked: map[string]string{}}

	verifier, err := note.NewVerifier(asked.Key)
	must(err)
	raw, err := os.ReadFile(filepath.Join(asked.Folder, "checkpoint"))
	must(err)
	opened, err := note.Open(raw, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	told.Origin = lines[0]
	told.Size, err = strconv.ParseInt(lines[1], 10, 64)
	must(err)
	told.Root = lines[2]
	counted := count(asked.Folder, told.Size)
	told.Counted = base64.StdEncoding.EncodeToString(counted[:])

	tree := tlog.Tree{N: told.Size, Hash: hash(told.Root)}
	reader := tlog.TileHashReader(tree, files{asked.Folder})
	for _, pair := range asked.Records {
		proof, err := tlog.ProveRecord(pair[1], pair[0], reader)
		must(err)
		told.Records = append(told.Records, spelled(proof))
	}
	for _, pair := range asked.Trees {
		proof, err := tlog.ProveTree(pair[1], pair[0], reader)
		must(err)
		told.Trees = append(told.Trees, spelled(proof))
	}
	for name, path := range asked.Paths {
		var hashes []tlog.Hash
		for _, text := range path.Hashes {
			hashes = append(hashes, hash(text))
		}
		if path.Old > 0 {
			err = tlog.CheckTree(hashes, path.Size, hash(path.Root), path.Old, hash(path.Other))
		} else {
			err = tlog.CheckRecord(hashes, path.Size, hash(path.Root), path.Index, hash(path.Other))
		}
		told.Checked[name] = ""
		if err != nil {
			told.Checked[name] = err.Error()
		}
	}

	secret, public, err := note.GenerateKey(rand.Reader, "go.example/log")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	signed, err := note.Sign(&note.Note{Text: asked.Sign}, signer)
	must(err)
	told.Note, told.NoteKey = string(signed), public
	must(json.NewEncoder(os.Stdout).Encode(told))
}
